"use client";

import { useQuery } from "@tanstack/react-query";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";

export interface DataInputProps {
  workspace: string;
  label: string;
  /** As the job names it: `azureml:bank:3`, `azureml:bank@latest`, or any address. */
  path: string;
  onChange: (path: string, type: string | null) => void;
}

const other = "";
const reference = /^azureml:([A-Za-z0-9][\w.-]*)(?::([\w.-]+)|@(\w+))$/;

/** A version of a dataset; or any address, when it is none of those here. */
export function DataInput({ workspace, label, path, onChange }: DataInputProps) {
  const list = useQuery(orpc.datasets.list.queryOptions({ input: { workspace, limit: 200 } }));
  const match = reference.exec(path);
  const items = list.data?.items ?? [];
  const chosen = items.find((item) => item.name === match?.[1]);
  const versions = useQuery(
    orpc.datasets.get.queryOptions({
      input: { workspace, name: chosen?.name ?? "" },
      enabled: chosen !== undefined,
    }),
  );
  const known = versions.data?.versions ?? (chosen?.latest ? [chosen.latest] : []);
  return (
    <span className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[minmax(0,1fr)_128px]">
      <Select
        size="lg"
        aria-label={`Dataset of ${label}`}
        placeholder="Choose a dataset"
        value={chosen ? chosen.name : match && !list.isSuccess ? null : other}
        onValueChange={(name) => {
          const item = items.find((each) => each.name === name);
          if (item?.latest) onChange(`azureml:${item.name}:${item.latest.version}`, item.latest.type);
          else if (chosen) onChange("", null);
        }}
        options={[
          ...items.map((item) => ({
            value: item.name,
            label: item.name,
            hint: `v${item.latest?.version ?? "–"}`,
          })),
          { value: other, label: "Another address" },
        ]}
      />
      {chosen ? (
        <Select
          size="lg"
          aria-label={`Version of ${label}`}
          value={match?.[3] ? `@${match[3]}` : (match?.[2] ?? null)}
          onValueChange={(version) => {
            const type = known.find((each) => each.version === version)?.type ?? null;
            const name = chosen.name;
            onChange(
              version.startsWith("@") ? `azureml:${name}${version}` : `azureml:${name}:${version}`,
              type,
            );
          }}
          options={[
            { value: "@latest", label: "Newest" },
            ...known.map((version) => ({ value: version.version, label: `v${version.version}` })),
          ]}
        />
      ) : null}
      {chosen || (match && !list.isSuccess) ? null : (
        <Input
          size="lg"
          mono
          className="sm:col-span-2"
          aria-label={`Address of ${label}`}
          placeholder="azureml://datastores/… or https://…"
          value={path}
          onChange={(event) => onChange(event.target.value, null)}
        />
      )}
    </span>
  );
}
