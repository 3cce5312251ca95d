import type { RunError } from "#db/schema/index.ts";
import type { StepFailure } from "../workers/protocol.ts";

/** Why a module did not do it, in the words of a run. */
export function stepError({ code, message, hint, parameter, column, row }: StepFailure): RunError {
  return {
    code,
    message,
    ...(hint ? { hint } : {}),
    ...(parameter ? { parameter } : {}),
    ...(column ? { column } : {}),
    ...(row === null || row === undefined ? {} : { row: String(row) }),
  };
}
