import { findModuleRef, nameOfRef } from "#lib/components/lookup.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { isMapping } from "#lib/spec/paths.ts";

export interface StepRow {
  name: string;
  /** The component that it names; null where it is written out. */
  component: { name: string; version: string | null } | null;
  command: string;
  /** Steps whose outputs it reads. */
  needs: string[];
}

/** The steps of a pipeline component, each after those it needs; a stored one has lost the order of its file. */
export function readSteps(spec: Record<string, unknown>): StepRow[] {
  const jobs = isMapping(spec.jobs) ? spec.jobs : {};
  const rows = Object.entries(jobs).map(([name, raw]): StepRow => {
    const node = isMapping(raw) ? raw : {};
    const held = isMapping(node.component) ? node.component : node;
    const texts = JSON.stringify(node.inputs ?? {}).matchAll(/parent\.jobs\.(\w+)\.outputs/g);
    return {
      name,
      component: typeof node.component === "string" ? readRef(node.component) : null,
      command: typeof held.command === "string" ? held.command.trim() : "",
      needs: [...new Set([...texts].flatMap(([, step]) => step ?? []))],
    };
  });
  return inOrder(rows);
}

function inOrder(rows: readonly StepRow[]): StepRow[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const done = new Set<StepRow>();
  const seen = new Set<StepRow>();
  const visit = (row: StepRow | undefined) => {
    if (!row || seen.has(row)) return;
    seen.add(row);
    for (const need of row.needs) visit(byName.get(need));
    done.add(row);
  };
  for (const row of rows) visit(row);
  return [...done];
}

function readRef(ref: string): StepRow["component"] {
  const module = findModuleRef(ref);
  if (module) return module;
  try {
    const parsed = parseRef(ref);
    return { name: nameOfRef(ref), version: parsed.kind === "asset" ? (parsed.version ?? null) : null };
  } catch {
    return { name: ref, version: null };
  }
}
