import { isDataInput } from "./document/snapshot.ts";
import type { Json, JsonMap } from "./document/types.ts";
import { isMap, mapOf, textOf } from "./document/values.ts";

export const usableKinds = ["component", "dataset", "model", "environment"] as const;
export type UsableKind = (typeof usableKinds)[number];

/** Something of the workspace that a pipeline names. */
export interface Use {
  kind: UsableKind;
  /** As written. */
  reference: string;
  /** A step, `inputs.<name>`, or empty for the pipeline itself. */
  node: string;
}

export interface DraftFacts {
  displayName: string;
  nodeCount: number;
  uses: Use[];
}

const referencePattern = /^(azureml|atelier):/;

function dataUse(value: Json | undefined, node: string): Use[] {
  if (!isMap(value) || !referencePattern.test(textOf(value.path))) return [];
  const kind = /model$/.test(textOf(value.type)) ? "model" : "dataset";
  return [{ kind, reference: textOf(value.path), node }];
}

function textUse(kind: UsableKind, value: Json | undefined, node: string): Use[] {
  return referencePattern.test(textOf(value)) ? [{ kind, reference: textOf(value), node }] : [];
}

function nodeUses(name: string, node: JsonMap): Use[] {
  return [
    ...textUse("component", node.component, name),
    ...textUse("component", node.trial, name),
    ...textUse("environment", node.environment, name),
    ...Object.values(mapOf(node.inputs)).flatMap((value) => dataUse(value, name)),
  ];
}

/** What the rows of a draft tell of its document. */
export function readFacts(document: JsonMap): DraftFacts {
  const jobs = Object.entries(mapOf(document.jobs));
  return {
    displayName: textOf(document.display_name) || textOf(document.name),
    nodeCount: jobs.length,
    uses: [
      ...Object.entries(mapOf(document.inputs)).flatMap(([name, value]) =>
        isDataInput(value) ? dataUse(value, `inputs.${name}`) : [],
      ),
      ...jobs.flatMap(([name, node]) => nodeUses(name, mapOf(node))),
    ],
  };
}

/** As kept in a row: `component azureml:clean:2`. */
export function referencesOf(facts: DraftFacts): string[] {
  return [...new Set(facts.uses.map(({ kind, reference }) => `${kind} ${reference}`))];
}
