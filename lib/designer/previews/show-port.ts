import { text } from "node:stream/consumers";
import { z } from "zod";
import type { AssetSource } from "#db/schema/index.ts";
import { isValueType } from "#lib/components/model.ts";
import { isAppError } from "#lib/core/errors.ts";
import { formatOfFile } from "#lib/datasets/model.ts";
import { findTableFile } from "#lib/datasets/table-file.ts";
import { openFileSet } from "#lib/files/file-set.ts";
import type { FileEntry } from "#lib/files/model.ts";
import type { Services } from "#lib/services/services.ts";
import { dataTypes } from "#lib/spec/kinds/data-types.ts";
import type { ColumnProfile, PreviewResult, StoredResult } from "../model.ts";
import type { StepOutcome } from "./compute-steps.ts";
import type { PreviewWorker } from "./port.ts";
import { readValue } from "./read-value.ts";

const shownRows = 50;
const bins = 20;
const maxFactsBytes = 64 * 1024;
const maxFiles = 20;
/** What is larger is not read whole only to be looked at. */
const maxTableBytes = 256 * 1024 * 1024;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]).catch(null);
const described = z.looseObject({
  rows: z.number(),
  sizeBytes: z.number().nullish(),
  head: z.array(z.array(z.unknown())),
  columns: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      categorical: z.boolean().default(false),
      role: z.string().nullish(),
      missing: z.number().default(0),
      unique: z.number().nullish(),
      min: cell.optional(),
      max: cell.optional(),
      mean: z.number().nullish().catch(null),
      histogram: z
        .looseObject({
          kind: z.enum(["numeric", "category"]),
          bins: z.array(z.looseObject({ count: z.number() })),
          others: z.number().default(0),
        })
        .nullish(),
    }),
  ),
});

type DescribedColumn = z.infer<typeof described>["columns"][number];

const edgeOf = (value: unknown) =>
  typeof value === "number" || typeof value === "string" ? value : undefined;

function toColumn(column: DescribedColumn): ColumnProfile {
  const { name, type, categorical, role, missing, unique, min, max, mean, histogram } = column;
  return {
    name,
    type,
    categorical,
    role: role ?? "feature",
    missing,
    unique: unique ?? null,
    min: min ?? null,
    max: max ?? null,
    mean: mean ?? null,
    histogram: histogram
      ? {
          kind: histogram.kind,
          others: histogram.others,
          bins: histogram.bins.map(({ count, from, to, value }) => {
            const [low, high] = [edgeOf(from), edgeOf(to)];
            return {
              count,
              ...(low === undefined ? {} : { from: low }),
              ...(high === undefined ? {} : { to: high }),
              ...(value === undefined ? {} : { value: cell.parse(value) }),
            };
          }),
        }
      : null,
  };
}

/** What a port of an executed step shows. */
export async function showPort(
  services: Services,
  workspaceId: string,
  { portType, sampled }: { portType: string; sampled: boolean },
  digest: string,
  outcome: StepOutcome,
  worker: PreviewWorker,
  signal: AbortSignal,
): Promise<StoredResult> {
  const source = { kind: "tree" as const, digest };
  const base = { sampled, fact: outcome.fact, seconds: outcome.seconds };
  const files = await openFileSet(services, workspaceId, source).list();
  if (portType === "data_frame") return describeTable(base, source, files, worker, signal);
  if (isValueType(portType)) {
    const value = String((await readValue(services, workspaceId, source, portType)) ?? "");
    const none = { rows: null, columns: [], head: [], sizeBytes: null };
    return { ...base, ...none, kind: "facts", facts: [{ name: "Value", value }] };
  }
  // What a program wrote is a table where it looks like one.
  if (isData(portType)) return showData(services, workspaceId, base, source, files, worker, signal);
  return showFiles(services, workspaceId, base, source, files);
}

/** What a run gave: described as a table where it is one. */
export async function showSource(
  services: Services,
  workspaceId: string,
  { source, name, fact }: { source: AssetSource; name: string; fact: string | null },
  worker: PreviewWorker,
  signal: AbortSignal,
): Promise<StoredResult> {
  const base = { sampled: false, fact, seconds: 0 };
  const files = await openFileSet(services, workspaceId, source).list();
  const shown = await showData(services, workspaceId, base, source, files, worker, signal);
  const { kind, facts } = shown;
  return kind === "table" || facts.length > 0
    ? shown
    : { ...shown, facts: [{ name: "Output", value: `${name} is empty` }] };
}

const isData = (portType: string) => dataTypes.some((type) => type === portType);

/** Files that are rows: one table, an MLTable, or several files of the same kind below each other. */
function holdsTable(files: readonly FileEntry[]): boolean {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  if (files.length === 0 || sizeBytes > maxTableBytes) return false;
  if (findTableFile(files) || files.some(({ path }) => path === "MLTable")) return true;
  const kinds = new Set(files.map(({ path }) => formatOfFile(path)));
  return kinds.size === 1 && !kinds.has("other");
}

async function showData(
  services: Services,
  workspaceId: string,
  base: Base,
  source: AssetSource,
  files: readonly FileEntry[],
  worker: PreviewWorker,
  signal: AbortSignal,
): Promise<StoredResult> {
  if (holdsTable(files)) {
    try {
      return await describeTable(base, source, files, worker, signal);
    } catch (error) {
      // A file that only looks like a table is shown as what it is.
      if (!isAppError(error) || error.code !== "UNPROCESSABLE") throw error;
    }
  }
  return showFiles(services, workspaceId, base, source, files);
}

type Base = Pick<PreviewResult, "sampled" | "fact" | "seconds">;

async function describeTable(
  base: Base,
  source: AssetSource,
  files: readonly FileEntry[],
  worker: PreviewWorker,
  signal: AbortSignal,
): Promise<StoredResult> {
  const answer = described.parse(await worker.describe(source, { rows: shownRows, bins }, signal));
  const { rows, head, sizeBytes = null } = answer;
  const found = findTableFile(files);
  const table = found && { sha256: found.sha256, format: found.format };
  const columns = answer.columns.map(toColumn);
  return { ...base, kind: "table", rows, columns, head, sizeBytes, facts: [], table };
}

async function showFiles(
  services: Services,
  workspaceId: string,
  base: Base,
  source: AssetSource,
  list: readonly FileEntry[],
): Promise<StoredResult> {
  const sizeBytes = list.reduce((sum, file) => sum + file.sizeBytes, 0);
  const none = { ...base, kind: "facts" as const, rows: null, columns: [], head: [], sizeBytes };
  const told = list.find(({ path }) => /^(model|learner|transform)\.json$/.test(path));
  if (!told || told.sizeBytes > maxFactsBytes)
    return { ...none, facts: list.slice(0, maxFiles).map(toFileFact).concat(restOf(list)) };
  const { body } = await openFileSet(services, workspaceId, source).open(told.path);
  return { ...none, facts: readFacts(JSON.parse(await text(body))) };
}

function toFileFact({ path, sizeBytes }: FileEntry) {
  return { name: path, value: `${sizeBytes.toLocaleString("en-US")} bytes` };
}

function restOf(list: readonly FileEntry[]) {
  const more = list.length - maxFiles;
  return more > 0 ? [{ name: "And", value: `${more.toLocaleString("en-US")} more files` }] : [];
}

/** The plain values of a model's own description. */
function readFacts(value: unknown): { name: string; value: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === "version" || item === null) return [];
    const name = key.charAt(0).toUpperCase() + key.slice(1).replaceAll("_", " ");
    if (typeof item !== "object") return [{ name, value: String(item) }];
    if (!Array.isArray(item)) return [{ name, value: JSON.stringify(item).slice(0, 500) }];
    const named = item.map((each) =>
      typeof each === "object" && each !== null && "name" in each ? String(each.name) : String(each),
    );
    const shown = named.slice(0, 20).join(", ");
    return [{ name, value: named.length > 20 ? `${shown} and ${named.length - 20} more` : shown }];
  });
}
