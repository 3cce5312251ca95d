import type { EvaluationInput } from "./evaluation-model.ts";
import type { EvaluationState } from "./evaluation-state.ts";
import type { EvaluationPlace } from "./use-evaluation.ts";

export interface TaskViewProps {
  /** The one looked at first, then the one that it is compared with. */
  inputs: readonly EvaluationInput[];
  names: readonly string[];
  state: EvaluationState;
  /** Where the evaluation stands; null where it is shown by itself. */
  place: EvaluationPlace | null;
  onState: (changes: Partial<EvaluationState>) => void;
}
