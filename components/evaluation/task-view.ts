import type { EvaluationInput } from "./evaluation-model.ts";
import type { EvaluationState } from "./evaluation-state.ts";

export interface TaskViewProps {
  /** The one looked at first, then the one that it is compared with. */
  inputs: readonly EvaluationInput[];
  names: readonly string[];
  state: EvaluationState;
  onState: (changes: Partial<EvaluationState>) => void;
}
