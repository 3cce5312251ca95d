import { CodeBlock } from "#components/ui/code-block.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { EnvironmentVersion } from "#lib/environments/model.ts";
import { definitionWords, environmentFile, packagesOf, splitRequirement } from "./environment-words.ts";

/** What was asked for, as a list and as the file that makes it. */
export function EnvironmentDefinition({ version }: { version: EnvironmentVersion }) {
  const { definition } = version;
  const packages = packagesOf(definition);
  const tags = Object.entries(version.tags);
  return (
    <SplitLayout
      workLabel="Definition"
      facts={
        <>
          <FactsSection title="Details">
            <Facts
              items={[
                { label: "Made of", value: definitionWords[definition.kind] },
                {
                  label: definition.kind === "image" ? "Image" : "Base image",
                  value: definition.image ? (
                    <span className="break-all text-code">{definition.image}</span>
                  ) : (
                    "the studio's own"
                  ),
                },
                {
                  label: "Python",
                  value: definition.kind === "pip" ? (definition.python ?? "3.11") : undefined,
                },
                { label: "Digest", value: <span className="text-code">{version.digest.slice(0, 12)}</span> },
              ]}
            />
          </FactsSection>
          {tags.length > 0 ? (
            <FactsSection title="Tags">
              <div className="flex flex-wrap gap-1.5">
                {tags.map(([key, value]) => (
                  <Tag key={key}>{value ? `${key}: ${value}` : key}</Tag>
                ))}
              </div>
            </FactsSection>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        {packages ? (
          <section aria-label="Packages">
            <h2 className="mb-2 text-section">
              Packages <span className="font-normal text-ink-3">{packages.length}</span>
            </h2>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-x-6">
              {packages.map((line) => {
                const { name, rest } = splitRequirement(line);
                return (
                  <li key={line} className="flex h-8 min-w-0 items-center gap-3 border-line border-b">
                    <span className="min-w-0 flex-1 truncate text-code" title={line}>
                      {name}
                    </span>
                    <span className="truncate text-code text-ink-3">{rest || "any"}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        ) : null}
        <section aria-label="File">
          <h2 className="mb-2 text-section">As a file</h2>
          <CodeBlock
            language="yaml"
            label="Environment file"
            code={environmentFile(version.name, definition, version.description)}
          />
        </section>
      </div>
    </SplitLayout>
  );
}
