import type { PipelineDocument } from "#lib/designer/document/types.ts";
import type { DraftDifference } from "#lib/designer/model.ts";
import type { Fault, RunGraph } from "#lib/pipelines/model.ts";
import { createCanvasReader, emptyCanvas } from "../model/canvas-model.ts";
import { typeOfInput } from "../model/connect.ts";
import { type Lookup, makeLookup } from "../model/lookup.ts";
import { type NodeState, readStates } from "../run/node-state.ts";
import type { Connecting, Designer, OpenPreview } from "./designer.ts";
import { createStore } from "./store.ts";

interface CreateOptions {
  workspace: string;
  draft: string;
  mayEdit: boolean;
  document: PipelineDocument;
}

/** Everything the parts of the page share, kept up to date from the document, the palette and the run. */
export function createDesigner(options: CreateOptions): { designer: Designer; stop: () => void } {
  const { document } = options;
  const designer: Designer = {
    ...options,
    model: createStore(emptyCanvas),
    lookup: createStore<Lookup>(makeLookup([])),
    selection: createStore<ReadonlySet<string>>(new Set()),
    connecting: createStore<Connecting | null>(null),
    previews: createStore<readonly OpenPreview[]>([]),
    run: createStore<RunGraph | null>(null),
    states: createStore<ReadonlyMap<string, NodeState>>(new Map()),
    faults: createStore<readonly Fault[]>([]),
    difference: createStore<DraftDifference | null>(null),
    announcement: createStore(""),
  };
  const readCanvas = createCanvasReader();
  const readModel = () => {
    const model = readCanvas(document.getGraphDocument(), designer.lookup.get());
    designer.model.set(model);
    // What is gone is not selected, and its card is closed.
    const lives = (id: string) =>
      model.byId.has(id) || id.startsWith("comment:") || model.edges.some((edge) => edge.id === id);
    designer.selection.set((now) => ([...now].every(lives) ? now : new Set([...now].filter(lives))));
    designer.previews.set((open) =>
      open.every(({ node }) => model.byId.has(node)) ? open : open.filter(({ node }) => model.byId.has(node)),
    );
  };
  const readRun = () =>
    designer.states.set((before) => readStates(designer.run.get(), designer.model.get(), before));
  const stops = [
    document.subscribe(readModel),
    designer.lookup.subscribe(readModel),
    designer.model.subscribe(readRun),
    designer.run.subscribe(readRun),
  ];
  readModel();
  document.setTypes((node, input) => typeOfInput(designer.model.get(), node, input));
  return { designer, stop: () => stops.forEach((stop) => void stop()) };
}
