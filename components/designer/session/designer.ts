"use client";

import { createContext, useContext } from "react";
import type { PipelineDocument } from "#lib/designer/document/types.ts";
import type { DraftDifference } from "#lib/designer/model.ts";
import type { Fault, RunGraph } from "#lib/pipelines/model.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import type { PortAddress, Verdict } from "../model/connect.ts";
import type { Lookup } from "../model/lookup.ts";
import type { NodeState } from "../run/node-state.ts";
import type { Store } from "./store.ts";

/** The line that is being drawn, by the pointer or from the keyboard. */
export interface Connecting {
  from: PortAddress;
  judge: (end: PortAddress) => Verdict;
}

/** A preview card at an output port. */
export interface OpenPreview {
  node: string;
  port: string;
  pinned: boolean;
}

export interface Designer {
  workspace: string;
  draft: string;
  mayEdit: boolean;
  document: PipelineDocument;
  model: Store<CanvasModel>;
  lookup: Store<Lookup>;
  /** Ids of nodes and comments, and of lines. */
  selection: Store<ReadonlySet<string>>;
  connecting: Store<Connecting | null>;
  previews: Store<readonly OpenPreview[]>;
  /** The run that the canvas shows; null while there was none. */
  run: Store<RunGraph | null>;
  states: Store<ReadonlyMap<string, NodeState>>;
  faults: Store<readonly Fault[]>;
  /** What differs between an earlier version and now, while the history shows it. */
  difference: Store<DraftDifference | null>;
  /** What was last said to a screen reader. */
  announcement: Store<string>;
}

export const DesignerContext = createContext<Designer | null>(null);

/** The open draft with all that the parts of the page share. It is the same object while the page is open. */
export function useDesigner(): Designer {
  const designer = useContext(DesignerContext);
  if (!designer) throw new Error("this component stands outside of the designer");
  return designer;
}
