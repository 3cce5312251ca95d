"use client";

import { useQuery } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { FactsSection } from "#components/ui/facts.tsx";
import { orpc } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { isTerminal } from "#lib/spec/statuses.ts";

interface RunModelsProps {
  workspace: string;
  run: RunDetails;
  onRegister: (() => void) | undefined;
}

/** The models that the run wrote, ready to be registered. */
export function RunModels({ workspace, run, onRegister }: RunModelsProps) {
  const ended = isTerminal(run.status);
  const found = useQuery(
    orpc.models.candidates.queryOptions({ input: { workspace, run: run.name }, enabled: ended }),
  );
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <FactsSection title="Models">
      <ul className="flex flex-col gap-1.5">
        {items.map((item) => (
          <li key={item.path} className="flex min-w-0 items-center gap-2">
            <Box size={14} className="flex-none text-ink-3" />
            <span className="min-w-0 truncate text-code">{item.label}</span>
          </li>
        ))}
      </ul>
      {onRegister ? (
        <Button size="sm" className="mt-2" onClick={onRegister}>
          Register model
        </Button>
      ) : null}
    </FactsSection>
  );
}
