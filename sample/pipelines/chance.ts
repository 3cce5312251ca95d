/** Chance that is the same each time: a stream of numbers from a seed (mulberry32). */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  between(low: number, high: number): number;
  integer(low: number, high: number): number;
  /** Bell-shaped around `mean`. */
  normal(mean: number, deviation: number): number;
  /** True with this probability. */
  yes(probability: number): boolean;
  /** One of the values, by weight. */
  pick<T>(choices: readonly (readonly [value: T, weight: number])[]): T;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    // The sum of twelve even draws: plain additions, so that every machine gives the same digits.
    normal(mean, deviation) {
      let sum = -6;
      for (let draw = 0; draw < 12; draw++) sum += next();
      return mean + deviation * sum;
    },
    yes: (probability) => next() < probability,
    pick(choices) {
      const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      const [last] = choices.at(-1) ?? [];
      if (last === undefined) throw new Error("nothing to pick from");
      return last;
    },
  };
}
