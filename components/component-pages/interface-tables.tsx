import type { ReactNode } from "react";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ComponentDefinition, ParameterDefinition, PortDefinition } from "#lib/components/model.ts";
import { describePortType } from "#lib/components/model.ts";
import { describeDefault, describeRange } from "./component-words.ts";

interface Row {
  key: string;
  cells: ReactNode[];
}

function InterfaceTable({ title, heads, rows }: { title: string; heads: readonly string[]; rows: Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-1 text-section">{title}</h2>
      <ScrollRegion aria-label={`${title}, table`} className="overflow-x-auto">
        <table className="w-full table-fixed text-body max-sm:min-w-[560px]">
          <thead className="text-secondary text-ink-3">
            <tr className="border-line border-b">
              {heads.map((head, index) => (
                <th
                  key={head}
                  scope="col"
                  className={`h-8 pr-4 text-left font-medium ${widths[index] ?? ""}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key} className="border-line border-b align-top">
                {cells.map((cell, index) =>
                  index === 0 ? (
                    <th
                      key={heads[index]}
                      scope="row"
                      className="py-1.5 pr-4 text-left font-normal break-words"
                    >
                      {cell}
                    </th>
                  ) : (
                    <td key={heads[index]} className="py-1.5 pr-4 break-words">
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

const widths = ["w-[30%]", "w-[16%]"];

function Name({ displayName, name, optional }: { displayName: string; name: string; optional: boolean }) {
  return (
    <span className="flex flex-col">
      <span className="flex items-center gap-2 text-name">
        {displayName}
        {optional ? <Tag>optional</Tag> : null}
      </span>
      <span className="text-code text-ink-3">{name}</span>
    </span>
  );
}

const portRow = (port: PortDefinition): Row => ({
  key: port.name,
  cells: [
    <Name key="name" {...port} />,
    <code key="type" className="text-code" title={describePortType(port.type)}>
      {port.type}
    </code>,
    port.description || "–",
  ],
});

const parameterRow = (parameter: ParameterDefinition): Row => ({
  key: parameter.name,
  cells: [
    <Name key="name" {...parameter} />,
    <code key="type" className="text-code">
      {parameter.type}
    </code>,
    <span key="default" className="text-code">
      {describeDefault(parameter)}
    </span>,
    <span key="about" className="flex flex-col">
      <span>{parameter.description || (describeRange(parameter) ? null : "–")}</span>
      {describeRange(parameter) ? (
        <span className="text-secondary text-ink-3">{describeRange(parameter)}</span>
      ) : null}
    </span>,
  ],
});

/** What goes in, what can be set, what comes out. */
export function InterfaceTables({ definition }: { definition: ComponentDefinition }) {
  return (
    <div className="flex max-w-[944px] flex-col gap-6">
      <InterfaceTable
        title="Inputs"
        heads={["Name", "Type", "What it is"]}
        rows={definition.inputs.map(portRow)}
      />
      <InterfaceTable
        title="Parameters"
        heads={["Name", "Type", "Default", "What it does"]}
        rows={definition.parameters.map(parameterRow)}
      />
      <InterfaceTable
        title="Outputs"
        heads={["Name", "Type", "What it is"]}
        rows={definition.outputs.map(portRow)}
      />
    </div>
  );
}
