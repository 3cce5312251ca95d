"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type Costs, type Counts, costOf } from "./thresholds.ts";

interface CostButtonProps {
  costs: Costs;
  counts: Counts;
  names: [negative: string, positive: string];
  onCosts: (costs: Costs) => void;
}

/** Asks what each kind of mistake costs, and goes to the threshold at which all together cost least. */
export function CostButton({ costs, counts, names, onCosts }: CostButtonProps) {
  const [miss, setMiss] = useState(String(costs.miss));
  const [falseAlarm, setFalseAlarm] = useState(String(costs.falseAlarm));
  const asked = { miss: Number(miss), falseAlarm: Number(falseAlarm) };
  const ready = Object.values(asked).every((cost) => Number.isFinite(cost) && cost >= 0);
  return (
    <Popover
      title="What a mistake costs"
      trigger={
        <Button size="sm" variant="quiet">
          By cost
        </Button>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onCosts(asked);
        }}
      >
        <Field label={`A “${names[1]}” that is missed`}>
          <Input inputMode="decimal" value={miss} onChange={(event) => setMiss(event.target.value)} />
        </Field>
        <Field label={`A “${names[0]}” that is called “${names[1]}”`}>
          <Input
            inputMode="decimal"
            value={falseAlarm}
            onChange={(event) => setFalseAlarm(event.target.value)}
          />
        </Field>
        <p className="text-secondary text-ink-2">
          At {counts.threshold.toFixed(2)} the mistakes cost {formatNumber(costOf(counts, costs))}.
        </p>
        <Button type="submit" variant="primary" disabled={!ready}>
          Go to the cheapest threshold
        </Button>
      </form>
    </Popover>
  );
}
