"use client";

import { useQuery } from "@tanstack/react-query";
import { Database, ExternalLink, Trash2 } from "lucide-react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { orpc } from "#lib/api/client.ts";
import type { PortType } from "#lib/components/model.ts";
import { dataTypes, modelTypes } from "#lib/spec/kinds/data-types.ts";
import { type DatasetView, describeDataPath } from "../model/canvas-model.ts";
import { showPreview } from "../preview/open-previews.ts";
import { removeSelected } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { useEditedText } from "./use-edited-text.ts";

const types = [...dataTypes, ...modelTypes].map((type) => ({ value: type as PortType, label: type }));
const isModel = (type: string) => (modelTypes as readonly string[]).includes(type);

/** A dataset or model on the canvas: which one, which version, how it is read. */
export function DataInspector({ view }: { view: DatasetView }) {
  const designer = useDesigner();
  const { workspace, document, mayEdit } = designer;
  const { node } = view;
  const asset = /^azureml:([^:@/]+)/.exec(node.path)?.[1] ?? null;
  const model = isModel(node.type);
  const path = useEditedText(node.path, (text) => {
    document.setData(node.name, { path: text.trim() });
    return null;
  });
  const name = useEditedText(node.name, (text) => {
    if (!/^[A-Za-z_]\w{0,62}$/.test(text)) return "Use letters, digits and underscores";
    document.renameNode(node.id, `inputs.${text}`);
    designer.selection.set(new Set([`inputs.${text}`]));
    return null;
  });
  const versions = useQuery({
    ...orpc.datasets.get.queryOptions({ input: { workspace, name: asset ?? "" } }),
    enabled: asset !== null && !model,
  });
  const chosen = /[:@]([^:@]+)$/.exec(node.path.slice("azureml:".length))?.[1] ?? "";
  return (
    <>
      <div className="flex flex-none items-center gap-2 border-line border-b px-4 py-3">
        <Database size={16} className="text-ink-2" />
        <h2 className="min-w-0 truncate text-section">{describeDataPath(node.path) || node.name}</h2>
      </div>
      <div
        role="tabpanel"
        aria-label="Data"
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4"
      >
        {asset !== null && !model ? (
          <Field label="Version">
            <Select
              options={[
                { value: "latest", label: "Always the newest" },
                ...(versions.data?.versions ?? []).map(({ version }) => ({
                  value: version,
                  label: `Version ${version}`,
                })),
              ]}
              value={chosen}
              disabled={!mayEdit}
              onValueChange={(version) =>
                document.setData(node.name, {
                  path: `azureml:${asset}${version === "latest" ? "@latest" : `:${version}`}`,
                })
              }
            />
          </Field>
        ) : null}
        <Field label="Path" help="A dataset, a datastore path or an address; empty: given at each run">
          <Input
            mono
            value={path.text}
            disabled={!mayEdit}
            onChange={(event) => path.change(event.target.value)}
            onBlur={path.leave}
          />
        </Field>
        <Field label="Type">
          <Select
            options={types}
            value={node.type}
            disabled={!mayEdit}
            onValueChange={(type) => document.setData(node.name, { type })}
          />
        </Field>
        <Field label="Input of the pipeline" error={name.problem ?? undefined}>
          <Input
            mono
            value={name.text}
            disabled={!mayEdit}
            onChange={(event) => name.change(event.target.value)}
            onBlur={name.leave}
          />
        </Field>
        <div className="flex gap-2">
          <Button size="sm" onClick={() => showPreview(designer, { node: view.id, port: "out" }, "pin")}>
            Preview
          </Button>
          {asset === null ? null : (
            <ButtonLink
              size="sm"
              icon={<ExternalLink size={12} />}
              href={`/${workspace}/${model ? "models" : "data"}/${encodeURIComponent(asset)}`}
            >
              Open
            </ButtonLink>
          )}
          {mayEdit ? (
            <Button
              size="sm"
              variant="danger"
              icon={<Trash2 size={12} />}
              className="ml-auto"
              onClick={() => removeSelected(designer)}
            >
              Remove
            </Button>
          ) : null}
        </div>
      </div>
    </>
  );
}
