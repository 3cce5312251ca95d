import { and, eq } from "drizzle-orm";
import type { Database, Queryable } from "#db/client.ts";
import { trees } from "#db/schema/index.ts";
import {
  type AssetVersion,
  createAssetVersion,
  lockAsset,
  updateAsset,
  updateAssetVersion,
} from "#lib/assets/commands.ts";
import type { VersionSelector } from "#lib/assets/model.ts";
import { findAssetVersion, getAsset, getAssetVersion } from "#lib/assets/queries.ts";
import { AppError, invalid } from "#lib/core/errors.ts";
import { readGraph } from "#lib/pipelines/read/read-graph.ts";
import { findCodeDigest } from "#lib/runs/uploads.ts";
import { specMapping } from "#lib/spec/dump.ts";
import type { ComponentSpec } from "#lib/spec/kinds/component.ts";
import { loadSpecText, loadSpecValue } from "#lib/spec/load-text.ts";
import { parseRef } from "#lib/spec/parse-ref.ts";
import { invalidSpec } from "#lib/spec/validate.ts";
import { specDigest } from "./definition.ts";
import { loadModules } from "./modules/load-modules.ts";
import { type ComponentDetails, loadLookup, readComponent } from "./resolve.ts";

export interface NewComponent {
  spec: string | Record<string, unknown>;
  specText?: string | undefined;
}

/**
 * Adds a version from a component file; the version is the next number unless the file says one. The same content under
 * the same version again is that version: people run `component create` twice.
 */
export async function createComponent(
  db: Database,
  workspaceId: string,
  userId: string,
  file: NewComponent,
): Promise<{ name: string; version: string }> {
  const options = { kind: "component" as const };
  const loaded =
    typeof file.spec === "string" ? loadSpecText(file.spec, options) : loadSpecValue(file.spec, options);
  const { spec } = loaded;
  const { name = "" } = spec;
  if ((await loadModules()).has(name)) {
    throw new AppError("CONFLICT", {
      userMessage: `${name} ships with the studio. Choose another name for your own.`,
      issues: [{ path: "name", message: "is the name of a module of the studio", value: name }],
    });
  }
  return db.transaction(async (tx) => {
    const code = await checkCode(tx, workspaceId, spec);
    if (spec.type === "pipeline") await checkSteps(tx, workspaceId, spec);
    const asset = await lockAsset(tx, { workspaceId, kind: "component", name, createdBy: userId });
    const same =
      spec.version === undefined ? null : await findAssetVersion(tx, asset, { version: spec.version });
    if (same && specDigest(readComponent(name, same).spec) === specDigest(spec)) {
      return { name, version: same.version };
    }
    const details: ComponentDetails = {
      spec: specMapping("component", spec),
      specText: file.specText ?? (typeof file.spec === "string" ? file.spec : null),
    };
    const { version } = await createAssetVersion(tx, {
      workspaceId,
      kind: "component",
      name,
      version: spec.version,
      type: spec.type,
      source: code === null ? { kind: "none" } : { kind: "tree", digest: code },
      description: spec.description,
      tags: texts(spec.tags),
      properties: texts(spec.properties),
      details: { ...details },
      createdBy: userId,
    });
    return { name, version: version.version };
  });
}

function texts(map: Record<string, string | null> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, value ?? ""]));
}

async function checkCode(db: Queryable, workspaceId: string, spec: ComponentSpec): Promise<string | null> {
  if (spec.type !== "command" || spec.code === undefined) return null;
  const digest = findCodeDigest(parseRef(spec.code));
  if (!digest) throw invalid("code", `“${spec.code}” names no uploaded folder.`, spec.code);
  const known = await db.$count(trees, and(eq(trees.workspaceId, workspaceId), eq(trees.digest, digest)));
  if (known === 0) throw invalid("code", "The folder is not uploaded to this workspace.", digest);
  return digest;
}

/** A pipeline component whose steps do not fit is refused now, not when it is first used. */
async function checkSteps(
  db: Queryable,
  workspaceId: string,
  spec: Extract<ComponentSpec, { type: "pipeline" }>,
): Promise<void> {
  const lookup = await loadLookup(db, workspaceId, spec);
  // Its inputs get their values where it is used; here each has one.
  const inputs = Object.keys(spec.inputs);
  const { faults } = readGraph({ type: "pipeline", inputs: {}, outputs: {}, component: spec }, lookup);
  const errors = faults.filter(
    ({ severity, path }) =>
      severity === "error" && !inputs.some((name) => path === `component.inputs.${name}`),
  );
  if (errors.length === 0) return;
  throw invalidSpec(errors.map(({ path, message }) => ({ path: path.replace(/^component\./, ""), message })));
}

export interface ComponentChange {
  displayName?: string | undefined;
  description?: string | undefined;
  tags?: Record<string, string> | undefined;
  archived?: boolean | undefined;
}

export async function updateComponent(
  db: Database,
  workspaceId: string,
  name: string,
  selector: VersionSelector,
  { displayName, ...change }: ComponentChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { asset, version } = await getAssetVersion(tx, workspaceId, "component", name, selector);
    await updateAssetVersion(tx, asset, version, {
      ...change,
      ...(displayName === undefined ? {} : { details: renamed(version, displayName) }),
    });
  });
}

function renamed(version: AssetVersion, displayName: string): Record<string, unknown> {
  const { spec } = version.details as unknown as ComponentDetails;
  return { ...version.details, spec: { ...spec, display_name: displayName } };
}

export async function archiveComponent(
  db: Database,
  workspaceId: string,
  name: string,
  archived: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    await updateAsset(tx, await getAsset(tx, workspaceId, "component", name), { archived });
  });
}
