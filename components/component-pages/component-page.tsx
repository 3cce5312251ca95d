"use client";

import { Archive, ArchiveRestore, Ellipsis, Plus } from "lucide-react";
import { useState } from "react";
import { stringify } from "yaml";
import { HelpText } from "#components/designer/palette/help-text.tsx";
import { ArchiveDialog } from "#components/draft-uses/archive-dialog.tsx";
import { useGuardedArchive } from "#components/draft-uses/use-draft-uses.ts";
import { Page } from "#components/shell/page.tsx";
import { MissingVersion, UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { Facts, FactsSection } from "#components/ui/facts.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { SplitLayout } from "#components/ui/split-layout.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { api } from "#lib/api/client.ts";
import type { ComponentDefinition, ComponentVersion } from "#lib/components/model.ts";
import { ComponentCode } from "./component-code.tsx";
import { ComponentUses } from "./component-uses.tsx";
import { ComponentVersions } from "./component-versions.tsx";
import { componentHref, groupTitle, kindWord } from "./component-words.ts";
import { InterfaceTables } from "./interface-tables.tsx";
import { NewComponentDialog } from "./new-component-dialog.tsx";
import { useComponent } from "./use-components.ts";

const tabKeys = ["interface", "code", "yaml", "uses", "versions"] as const;
const view = { tab: oneOf(tabKeys, "interface"), version: text() };

export interface ComponentPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

/** One component: what goes in and out, its code, its file, and who uses it. */
export function ComponentPage({ workspace, name, mayChange }: ComponentPageProps) {
  const [{ version: wanted }, setView] = useUrlState(view);
  const { module, versions, error, retry } = useComponent(workspace, name);
  const crumbs = [{ label: "Components", href: `/${workspace}/components` }, { label: name }];
  if (module)
    return <LoadedComponent {...{ workspace, name, crumbs }} definition={module} mayChange={false} />;
  const version = wanted ? versions?.find((each) => each.version === wanted) : versions?.[0];
  if (versions && version) {
    return (
      <LoadedComponent
        {...{ workspace, name, crumbs, mayChange, versions, version }}
        definition={version.definition}
      />
    );
  }
  return (
    <UnloadedPage {...{ crumbs, name, error }} noun="component" onRetry={retry}>
      {versions ? (
        <MissingVersion name={name} wanted={wanted} onNewest={() => setView({ version: "" })} />
      ) : undefined}
    </UnloadedPage>
  );
}

interface LoadedProps extends ComponentPageProps {
  crumbs: { label: string; href?: string }[];
  definition: ComponentDefinition;
  /** Of a component of the workspace. */
  versions?: readonly ComponentVersion[];
  version?: ComponentVersion;
}

function LoadedComponent(props: LoadedProps) {
  const { workspace, name, mayChange, crumbs, definition, versions, version } = props;
  const [{ tab, version: wanted }, setView] = useUrlState(view);
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const showFailure = useFailureToast();
  const here = componentHref(workspace, name);
  const tabHref = (key: string) => {
    const query = new URLSearchParams();
    if (key !== "interface") query.set("tab", key);
    if (wanted) query.set("version", wanted);
    return query.size ? `${here}?${query}` : here;
  };
  const archived = versions?.every((each) => each.archived) ?? false;
  async function setArchived(next: boolean) {
    await api.components.archive({ workspace, component: name, archived: next });
    toast({
      title: next ? `${name} archived` : `${name} is back`,
      ...(next ? { undo: () => void bringBack() } : {}),
    });
  }
  async function bringBack() {
    try {
      await setArchived(false);
    } catch (error) {
      showFailure(error);
    }
  }
  const archiving = useGuardedArchive({ workspace, kind: "component", name }, () => setArchived(true));
  const yaml = version ? (version.specText ?? stringify(version.spec, { lineWidth: 0 })) : null;
  const shown = tab === "yaml" && yaml === null ? "interface" : tab;
  return (
    <Page crumbs={crumbs} body={shown === "uses" ? "fixed" : "scroll"}>
      <PageHeader
        title={definition.displayName}
        marks={
          <>
            {versions && version ? (
              <Select
                aria-label="Version"
                variant="button"
                options={versions.map((each) => ({
                  value: each.version,
                  label: `v${each.version}`,
                  hint: [each === versions[0] ? "latest" : "", ...each.labels].filter(Boolean).join(", "),
                }))}
                value={version.version}
                onValueChange={(value) =>
                  setView({ version: value === versions[0]?.version ? "" : value }, { push: true })
                }
              />
            ) : null}
            <Tag>{kindWord(definition.kind)}</Tag>
            <IdChip text={definition.ref} label="Copy what a step writes" />
            {archived ? <Tag tone="warning">archived</Tag> : null}
          </>
        }
        verbs={
          mayChange ? (
            <Menu
              align="end"
              trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
              items={[
                { label: "New version", icon: <Plus size={16} />, onSelect: () => setAdding(true) },
                archived
                  ? {
                      label: "Bring back",
                      icon: <ArchiveRestore size={16} />,
                      onSelect: () => void bringBack(),
                    }
                  : { label: "Archive", icon: <Archive size={16} />, onSelect: () => void archiving.start() },
              ]}
            />
          ) : undefined
        }
        facts={<span>{definition.description}</span>}
        tabs={
          <Tabs
            label="Parts of the component"
            current={shown}
            items={[
              { key: "interface", label: "Interface", href: tabHref("interface") },
              {
                key: "code",
                label: definition.kind === "pipeline" ? "Steps" : "Code",
                href: tabHref("code"),
              },
              ...(yaml === null ? [] : [{ key: "yaml", label: "YAML", href: tabHref("yaml") }]),
              { key: "uses", label: "Uses", href: tabHref("uses") },
              ...(versions
                ? [{ key: "versions", label: "Versions", href: tabHref("versions"), count: versions.length }]
                : []),
            ]}
          />
        }
      />
      {shown === "code" ? (
        <ComponentCode
          workspace={workspace}
          name={name}
          version={version?.version ?? definition.version}
          spec={version?.spec}
        />
      ) : shown === "yaml" && yaml !== null ? (
        <div className="p-4 sm:p-6">
          <CodeBlock code={yaml} language="yaml" label="Component file" />
        </div>
      ) : shown === "uses" ? (
        <ComponentUses workspace={workspace} name={name} />
      ) : shown === "versions" && versions ? (
        <ComponentVersions workspace={workspace} name={name} versions={versions} />
      ) : (
        <SplitLayout facts={<ComponentFacts definition={definition} version={version} />}>
          <InterfaceTables definition={definition} />
        </SplitLayout>
      )}
      {archiving.asking ? (
        <ArchiveDialog
          workspace={workspace}
          name={name}
          uses={archiving.asking}
          onArchive={() => setArchived(true)}
          onClose={archiving.stop}
        />
      ) : null}
      {adding ? (
        <NewComponentDialog workspace={workspace} text={yaml ?? undefined} onClose={() => setAdding(false)} />
      ) : null}
    </Page>
  );
}

function ComponentFacts({
  definition,
  version,
}: {
  definition: ComponentDefinition;
  version: ComponentVersion | undefined;
}) {
  return (
    <>
      <FactsSection title="Details">
        <Facts
          items={[
            { label: "Name", value: <span className="text-code">{definition.name}</span> },
            { label: "Version", value: definition.version },
            {
              label: "Group",
              value: definition.kind === "module" ? groupTitle(definition.category) : undefined,
            },
            { label: "Reused", value: definition.isDeterministic ? "when nothing changed" : "never" },
            { label: "Made by", value: version ? (version.createdBy ?? "The studio") : "The studio" },
            { label: "Made", value: version ? <RelativeTime at={version.createdAt} /> : undefined },
          ]}
        />
      </FactsSection>
      {definition.help ? (
        <FactsSection title="Help">
          <HelpText text={definition.help} />
        </FactsSection>
      ) : null}
    </>
  );
}
