import { type ComponentDefinition, describePortType, type PortDefinition } from "#lib/components/model.ts";
import { ComponentIcon } from "../canvas/component-icon.tsx";
import { PortShape } from "../canvas/port-shape.tsx";
import { HelpText } from "./help-text.tsx";

function PortList({ title, ports }: { title: string; ports: readonly PortDefinition[] }) {
  if (ports.length === 0) return null;
  return (
    <div>
      <div className="text-caption text-ink-3">{title}</div>
      <ul>
        {ports.map((port) => (
          <li key={port.name} className="flex items-center gap-1.5 text-secondary text-ink-2">
            <PortShape type={port.type} optional={port.optional} size={14} />
            {port.displayName}
            <span className="text-ink-3">
              {describePortType(port.type)}
              {port.optional ? ", optional" : ""}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a component is for, what it takes and gives. */
export function ComponentCard({ definition }: { definition: ComponentDefinition }) {
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex items-center gap-2 text-name">
        <span className="flex text-ink-2">
          <ComponentIcon definition={definition} />
        </span>
        {definition.displayName || "This step"}
      </div>
      <p className="text-body text-ink">{definition.description}</p>
      <HelpText text={definition.help} />
      <PortList title="Takes" ports={definition.inputs} />
      <PortList title="Gives" ports={definition.outputs} />
      {definition.kind === "module" ? null : (
        <div className="text-caption text-ink-3">
          {definition.ref === ""
            ? "Written out in the text"
            : `${definition.name} version ${definition.version}`}
        </div>
      )}
    </div>
  );
}
