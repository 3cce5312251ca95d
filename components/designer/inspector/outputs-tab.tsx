"use client";

import { ChartLine, ExternalLink, Eye } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { describePortType, isValueType } from "#lib/components/model.ts";
import { nameOutput } from "#lib/designer/document/edit/outputs.ts";
import { isMap } from "#lib/designer/document/values.ts";
import { PortShape } from "../canvas/port-shape.tsx";
import { useNodeState } from "../canvas/use-node-parts.ts";
import type { StepView } from "../model/canvas-model.ts";
import { isReady } from "../model/node-tone.ts";
import { showPreview } from "../preview/open-previews.ts";
import { useDesigner } from "../session/designer.ts";
import { useEditedText } from "./use-edited-text.ts";

const EvaluationPane = lazy(() =>
  import("#components/evaluation/evaluation-pane.tsx").then((part) => ({ default: part.EvaluationPane })),
);

/** The output of Evaluate Model, which has curves beside its table. */
const evaluationPort = "evaluation_results";

/** What the step gives: a look at it now, where it is kept, and the name it gets in the workspace. */
export function OutputsTab({ view }: { view: StepView }) {
  const designer = useDesigner();
  const state = useNodeState(view.id);
  const [evaluated, setEvaluated] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-5">
      {view.outputs.map((port) => (
        <section key={port.name} aria-label={port.displayName} className="flex flex-col gap-2">
          <div className="flex items-center gap-2">
            <PortShape type={port.type} ready={isReady(state)} />
            <span className="text-name">{port.displayName}</span>
            <span className="text-secondary text-ink-3">{describePortType(port.type)}</span>
          </div>
          {port.description ? <p className="text-secondary text-ink-3">{port.description}</p> : null}
          <div className="flex flex-wrap gap-2">
            {state && isReady(state) && port.name === evaluationPort ? (
              <Button size="sm" icon={<ChartLine size={12} />} onClick={() => setEvaluated(state.runName)}>
                Evaluation
              </Button>
            ) : null}
            <Button
              size="sm"
              icon={<Eye size={12} />}
              onClick={() => showPreview(designer, { node: view.id, port: port.name }, "pin")}
            >
              Preview
            </Button>
            {state ? (
              <ButtonLink
                size="sm"
                icon={<ExternalLink size={12} />}
                href={`/${designer.workspace}/runs/${state.runName}?tab=outputs`}
              >
                Files of the run
              </ButtonLink>
            ) : null}
          </div>
          {isValueType(port.type) ? null : <RegisterField view={view} port={port.name} />}
        </section>
      ))}
      {evaluated ? (
        <Suspense>
          <EvaluationPane
            workspace={designer.workspace}
            runName={evaluated}
            outputName={evaluationPort}
            title={view.title}
            onClose={() => setEvaluated(null)}
          />
        </Suspense>
      ) : null}
      {view.outputs.length === 0 ? <p className="text-body text-ink-3">This step gives nothing on.</p> : null}
    </div>
  );
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;

/** A name makes a dataset or model of the output at each run. */
function RegisterField({ view, port }: { view: StepView; port: string }) {
  const { document, mayEdit } = useDesigner();
  const own = view.node.outputs[port];
  const now = isMap(own) && typeof own.name === "string" ? own.name : "";
  const edited = useEditedText(now, (text) => {
    const name = text.trim();
    if (name !== "" && !namePattern.test(name)) return "Use letters, digits, dashes, dots and underscores";
    document.setNode(view.id, { outputs: nameOutput(view.node.raw, port, name) });
    return null;
  });
  return (
    <Field
      label="Register as"
      optional
      error={edited.problem ?? undefined}
      help="Each run makes a version of this name"
    >
      <Input
        value={edited.text}
        disabled={!mayEdit}
        placeholder="Not registered"
        onChange={(event) => edited.change(event.target.value)}
        onBlur={edited.leave}
      />
    </Field>
  );
}
