"use client";

import { BookOpen, Copy, MessageSquare, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { formatDuration } from "#lib/core/duration.ts";
import { declaresInputs } from "#lib/designer/document/edit/inputs.ts";
import { ComponentIcon } from "../canvas/component-icon.tsx";
import { useNodeFault, useNodeState } from "../canvas/use-node-parts.ts";
import type { StepView } from "../model/canvas-model.ts";
import { describeFault } from "../model/describe-fault.ts";
import { ComponentCard } from "../palette/component-card.tsx";
import { duplicateSelected, removeSelected } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePanel } from "../session/use-panels.ts";
import { NewerVersion } from "./component-version.tsx";
import { EditableTitle } from "./editable-title.tsx";
import { LogTab } from "./log-tab.tsx";
import { OutputsTab } from "./outputs-tab.tsx";
import { PaneTabs } from "./pane-tabs.tsx";
import { ParametersTab } from "./parameters-tab.tsx";
import { RuntimeTab } from "./runtime-tab.tsx";

/** All about one step: its parameters, what it gives, how it runs, what it printed. */
export function StepInspector({ view }: { view: StepView }) {
  const designer = useDesigner();
  const { document, mayEdit } = designer;
  const [tab, setTab] = usePanel("inspectorTab");
  return (
    <>
      <div className="flex-none px-4 pt-3 pb-1">
        <div className="flex items-center gap-2">
          <span className="flex text-ink-2">
            <ComponentIcon definition={view.definition} />
          </span>
          <EditableTitle
            label="Name of the step"
            value={view.title}
            disabled={!mayEdit}
            onKeep={(name) =>
              document.setNode(view.id, {
                display_name: name === "" || name === givenTitle(view) ? null : name,
              })
            }
          />
          {view.definition ? (
            <Popover
              title={`About ${view.definition.displayName || view.title}`}
              titleHidden
              align="end"
              width={340}
              trigger={
                <IconButton
                  label={view.node.ref === null ? "About this step" : "About this module"}
                  icon={<BookOpen size={14} />}
                  size="sm"
                  className="ml-auto"
                  tooltip={false}
                />
              }
            >
              <ComponentCard definition={view.definition} />
            </Popover>
          ) : null}
        </div>
        <StateLine view={view} />
        <NewerVersion view={view} />
      </div>
      <PaneTabs
        label={`About ${view.title}`}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            key: "parameters",
            label: "Parameters",
            panel: () => <ParametersTab key={view.id} view={view} />,
          },
          { key: "outputs", label: "Outputs", panel: () => <OutputsTab key={view.id} view={view} /> },
          { key: "runtime", label: "Runtime", panel: () => <RuntimeTab key={view.id} view={view} /> },
          { key: "log", label: "Log", panel: () => <LogTab key={view.id} view={view} /> },
        ]}
      />
      {mayEdit ? (
        <div className="flex h-10 flex-none items-center gap-1 border-line border-t px-3">
          <Button variant="quiet" icon={<MessageSquare size={14} />} onClick={() => setTab("runtime")}>
            Comment
          </Button>
          <Button variant="quiet" icon={<Copy size={14} />} onClick={() => duplicateSelected(designer)}>
            Duplicate
          </Button>
          <IconButton
            label="Remove the step"
            icon={<Trash2 size={14} />}
            className="ml-auto"
            onClick={() => removeSelected(designer)}
          />
        </div>
      ) : null}
    </>
  );
}

/** What the step is called without a name of its own. */
function givenTitle({ node, definition }: StepView): string {
  if (declaresInputs(node.raw)) return node.name;
  return definition?.displayName || node.name;
}

function StateLine({ view }: { view: StepView }) {
  const state = useNodeState(view.id);
  const fault = useNodeFault(view.id);
  if (fault?.severity === "error")
    return (
      <p className="mt-1 flex items-start gap-1.5 text-secondary text-failed">
        <StatusIcon kind="failed" size={14} className="mt-px" />
        {describeFault(view, fault)}
      </p>
    );
  if (!state) return <p className="mt-1 text-secondary text-ink-3">Not run yet</p>;
  const took =
    state.startedAt !== null && state.endedAt !== null
      ? formatDuration(state.endedAt - state.startedAt)
      : null;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-1.5 text-secondary text-ink-3">
      <StatusIcon kind={state.kind} size={14} />
      <span>
        {state.word}
        {took && state.kind === "completed" ? ` in ${took}` : ""}
      </span>
      {state.endedAt === null ? null : (
        <>
          <span aria-hidden="true">·</span>
          <RelativeTime at={state.endedAt} />
        </>
      )}
      {state.kind === "failed" && state.error ? <p className="w-full text-failed">{state.error}</p> : null}
    </div>
  );
}
