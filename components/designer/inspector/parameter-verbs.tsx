"use client";

import { Cable, RotateCcw, Upload } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import type { ParameterDefinition } from "#lib/components/model.ts";
import type { StepView } from "../model/canvas-model.ts";
import { givesValues, listTargets } from "../model/connect.ts";
import { connectPorts } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";
import { useGraph } from "../session/use-graph.ts";

/** Shown when the field is pointed at or has the focus: back to the default, and make it an input of the pipeline. */
export function ParameterVerbs({
  view,
  parameter,
  isSet,
}: {
  view: StepView;
  parameter: ParameterDefinition;
  isSet: boolean;
}) {
  const designer = useDesigner();
  const { document, mayEdit } = designer;
  const { promoted } = useGraph();
  const hasValues = useStore(designer.model, givesValues);
  if (!mayEdit) return null;
  const end = { node: view.id, port: parameter.name, side: "in" as const };
  const sources = hasValues ? listTargets(designer.model.get(), end) : [];
  const promote = () => {
    const taken = new Set(promoted.map(({ name }) => name));
    const wanted = taken.has(parameter.name) ? `${view.id}_${parameter.name}` : parameter.name;
    document.promote(view.id, parameter.name, wanted, parameter.default ?? null);
  };
  return (
    <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
      {isSet && parameter.default !== undefined ? (
        <IconButton
          label="Back to the default"
          icon={<RotateCcw size={12} />}
          size="sm"
          className="h-4 w-5"
          onClick={() => document.setInput(view.id, parameter.name, null)}
        />
      ) : null}
      {sources.length > 0 ? (
        <Menu
          align="end"
          header="Take the value that a step gives"
          trigger={
            <IconButton
              label="Take it from another step"
              icon={<Cable size={12} />}
              size="sm"
              className="h-4 w-5"
            />
          }
          items={sources.map((source) => ({
            label: source.portTitle,
            help: source.title,
            onSelect: () => connectPorts(designer, source, end),
          }))}
        />
      ) : null}
      <IconButton
        label="Make it an input of the pipeline"
        icon={<Upload size={12} />}
        size="sm"
        className="h-4 w-5"
        onClick={promote}
      />
    </span>
  );
}
