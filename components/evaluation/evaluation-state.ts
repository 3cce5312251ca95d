import { type Codec, oneOf } from "#components/ui/url-codec.ts";
import type { Costs } from "./thresholds.ts";

const thresholdCodec: Codec<number | null> = {
  parse(raw) {
    const value = raw === null || raw.trim() === "" ? Number.NaN : Number(raw);
    return Number.isFinite(value) ? value : null;
  },
  format: (value) => (value === null ? null : String(Number(value.toFixed(4)))),
};

const costsCodec: Codec<Costs> = {
  parse(raw) {
    const [miss, falseAlarm] = (raw ?? "").split(":").map(Number);
    return miss !== undefined && falseAlarm !== undefined && miss >= 0 && falseAlarm >= 0
      ? { miss, falseAlarm }
      : { miss: 1, falseAlarm: 1 };
  },
  format: ({ miss, falseAlarm }) => (miss === 1 && falseAlarm === 1 ? null : `${miss}:${falseAlarm}`),
};

/** What is chosen in the pane, kept in the address so that a link shows the same. */
export const evaluationView = {
  threshold: thresholdCodec,
  cost: costsCodec,
  counts: oneOf(["rows", "percent"], "rows"),
  of: oneOf(["0", "1"], "0"),
};

export interface EvaluationState {
  threshold: number | null;
  cost: Costs;
  counts: "rows" | "percent";
  of: "0" | "1";
}
