import type { Queryable } from "#db/client.ts";
import { canConnect, type PortType, portTypes } from "#lib/components/model.ts";
import type { ResolvedInput } from "#lib/runs/inputs/port-values.ts";
import { resolveData } from "#lib/runs/inputs/resolve-inputs.ts";
import {
  dataTypes,
  type PortType as FileType,
  type InputMode,
  modelTypes,
} from "#lib/spec/kinds/data-types.ts";
import type { PipelineInput } from "../model.ts";
import type { FaultCatcher } from "./fault-catcher.ts";

type DataBinding = { path: string; type?: PortType };

/** Fixes the data of a pipeline: each reference becomes a version, a tree, a blob. */
export class DataResolver {
  readonly #db: Queryable;
  readonly #workspaceId: string;
  readonly #catcher: FaultCatcher;
  readonly #inputs = new Map<string, ResolvedInput>();

  constructor(db: Queryable, workspaceId: string, catcher: FaultCatcher) {
    this.#db = db;
    this.#workspaceId = workspaceId;
    this.#catcher = catcher;
  }

  /** The inputs of the pipeline itself, as rows of its ports. Data that was not found has no row, and a fault. */
  async resolveInputs(
    inputs: Record<string, PipelineInput>,
    typed: ReadonlySet<string>,
  ): Promise<ResolvedInput[]> {
    const rows: ResolvedInput[] = [];
    for (const [name, input] of Object.entries(inputs)) {
      if (input.kind === "literal") {
        if (input.value === undefined || input.value === null) continue;
        const value =
          typeof input.value === "boolean" ? (input.value ? "True" : "False") : String(input.value);
        rows.push({ name, type: "literal", mode: "", value, assetVersionId: null, source: null, uri: "" });
        continue;
      }
      if (input.path === undefined) continue;
      const { path, mode } = input;
      const row = await this.#resolve(
        name,
        // Whether a step can take an address outside of the studio is looked at where it takes it.
        { path, type: input.type, mode: "direct" },
        typed.has(name),
        `inputs.${name}`,
      );
      if (!row) continue;
      const kept = { ...row, mode: mode ?? "ro_mount" };
      this.#inputs.set(name, kept);
      rows.push(kept);
    }
    return rows;
  }

  /** What an input of the pipeline became; null when it could not be found. */
  inputOf(name: string): ResolvedInput | null {
    return this.#inputs.get(name) ?? null;
  }

  /** Data that a step names itself. `portType` says what it is looked for as, unless the document does. */
  async resolveAtPort(
    node: string,
    port: string,
    portType: PortType,
    binding: DataBinding,
  ): Promise<ResolvedInput | null> {
    const path = `jobs.${node}.inputs.${port}`;
    const place = { node, port };
    const wanted = { ...binding, type: binding.type ?? portType, mode: "direct" as const };
    const found = await this.#resolve(port, wanted, binding.type !== undefined, path, place);
    if (!found) return null;
    const type = portTypes.find((item) => item === found.type);
    const fits = type ? canConnect(type, portType) : { ok: true as const };
    if (fits.ok) return found;
    this.#catcher.add(path, `${fits.reason}: ${binding.path} → ${node}.${port}.`, place);
    return null;
  }

  #resolve(
    name: string,
    { path, type, mode }: DataBinding & { mode: InputMode },
    typed: boolean,
    field: string,
    place: { node?: string; port?: string } = {},
  ): Promise<ResolvedInput | null> {
    const input = { type: fileType(type), mode, path };
    return this.#catcher.catch(
      () => resolveData(this.#db, this.#workspaceId, name, input, typed, field),
      place,
    );
  }
}

/** Trained models and fitted transforms are registered as models; tables are data. */
function fileType(type: PortType | undefined): FileType {
  const plain = [...dataTypes, ...modelTypes].find((item) => item === type);
  if (plain) return plain;
  return type === "trained_model" || type === "transform" || type === "untrained_model"
    ? "custom_model"
    : "uri_folder";
}
