"use client";

import { reach } from "#lib/designer/document/reach.ts";
import { isSame } from "../model/is-same.ts";
import { isReady } from "../model/node-tone.ts";
import { useDesigner } from "../session/designer.ts";
import { useStore } from "../session/store.ts";

export interface Ran {
  /** The pipeline run that the canvas shows, where it is of use for the port. */
  run: string | undefined;
  /** Changes when one of the outputs that it stands for does. */
  part: string;
  /** The run of the step itself, when it gave its outputs. */
  stepRun: string | null;
  endedAt: number | null;
  /** The step, or one before it, was changed since. */
  edited: boolean;
}

const none: Ran = { run: undefined, part: "", stepRun: null, endedAt: null, edited: false };

/**
 * What the run on the canvas knows of a step and of those before it that are not computed while one edits: such as have a
 * container of their own.
 */
export function useRan(id: string | undefined): Ran {
  const designer = useDesigner();
  const run = useStore(designer.run, (now) => now?.run);
  const model = useStore(designer.model, (now) => now);
  return useStore(
    designer.states,
    (states) => {
      if (id === undefined || run === undefined) return none;
      const ids = [id, ...reach(model.edges, id, "before")];
      const own = ids.filter((one) => {
        const view = model.byId.get(one);
        return view?.kind === "step" && view.definition?.kind !== "module";
      });
      const part = own.sort().map((one) => {
        const state = states.get(one);
        return `${one}=${state && isReady(state) ? state.runName : ""}`;
      });
      const state = states.get(id);
      const gave = state !== undefined && isReady(state);
      return {
        run: part.length > 0 || gave ? run : undefined,
        part: part.join(" "),
        stepRun: gave ? state.runName : null,
        endedAt: gave ? state.endedAt : null,
        edited: ids.some((one) => states.get(one)?.edited === true),
      };
    },
    isSame,
  );
}
