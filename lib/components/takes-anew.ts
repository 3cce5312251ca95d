import { isVisible } from "./check-parameter.ts";
import type { Literal, ParameterDefinition } from "./model.ts";

/**
 * Whether the parameters of a step ask for a result of its own each time: a random seed of 0, which takes the clock, or
 * cached results switched off. A parameter that the others hide says nothing: splitting from the top draws no chances.
 */
export function takesAnew(
  parameters: readonly ParameterDefinition[],
  values: Readonly<Record<string, Literal>>,
): boolean {
  const says = (name: string, value: Literal) => {
    const parameter = parameters.find((item) => item.name === name);
    return (
      parameter !== undefined && values[name] === value && isVisible(parameter, (other) => values[other])
    );
  };
  return says("random_seed", 0) || says("use_cached_results", false);
}
