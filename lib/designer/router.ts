import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { invalid } from "#lib/core/errors.ts";
import { prepareSamplePipeline, readSamplePipelines } from "#lib/pipelines/samples/samples.ts";
import { getCollab } from "./collab/collab.ts";
import * as commands from "./commands.ts";
import { designerContract } from "./contract.ts";
import { diffTexts } from "./diff.ts";
import type { Json } from "./document/types.ts";
import { mapOf } from "./document/values.ts";
import { writeText } from "./document/write-value.ts";
import { askPreview } from "./previews/ask-preview.ts";
import { profilePreview, queryPreview, saveRows } from "./previews/ask-rows.ts";
import { cancelPreview } from "./previews/cancel-previews.ts";
import { defaultComputeOf, prewarm } from "./previews/prewarm.ts";
import * as queries from "./queries.ts";
import { findTrend, noteDraftRun } from "./trend.ts";

const os = implement(designerContract).$context<WorkspaceContext>();

interface Source {
  name?: string | undefined;
  text?: string | undefined;
  run?: string | undefined;
  sample?: string | undefined;
}

/** The text that a new draft starts with, and the note of its first version. */
async function readSource(
  context: WorkspaceContext,
  { text, run, sample }: Source,
): Promise<{ text: string; note: string; name?: string }> {
  const { services, workspace, principal } = context;
  if ([text, run, sample].filter((each) => each !== undefined).length > 1)
    throw invalid("text", "Give only one of text, run and sample.");
  if (text !== undefined) return { text, note: "Imported" };
  if (run !== undefined) {
    const found = await queries.findRunPipeline(services.db, workspace.id, run);
    if (found.type !== "pipeline") throw invalid("run", `${run} is no pipeline run.`);
    return { text: found.specText ?? writeText(found.spec as Json), note: `Copied from run ${run}` };
  }
  if (sample !== undefined) {
    const made = await prepareSamplePipeline(services, workspace.id, principal.userId, sample);
    return { text: made.text, note: `Sample ${sample}` };
  }
  return { text: commands.emptyPipeline, note: "Created", name: commands.defaultDraftName() };
}

function answer(context: WorkspaceContext, id: string) {
  return queries.getDraft(context.services.db, context.workspace.id, id, context.principal.userId);
}

async function create(context: WorkspaceContext, source: Source) {
  const { services, workspace, principal } = context;
  const { text, note, name } = await readSource(context, source);
  const given = {
    workspaceId: workspace.id,
    userId: principal.userId,
    name: source.name ?? name,
    text,
    note,
  };
  return answer(context, await services.db.transaction((tx) => commands.createDraft(tx, given)));
}

/** An edit of the shared document by an operation. The draft is looked up first, in the caller's workspace. */
async function editOf(context: WorkspaceContext, id: string, note?: string) {
  const { services, workspace, principal } = context;
  await queries.getDraftRow(services.db, workspace.id, id);
  return { workspace: workspace.name, draftId: id, userId: principal.userId, note };
}

export const designerRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    queries.listDrafts(context.services.db, context.workspace.id, {
      ...input,
      userId: input.mine ? context.principal.userId : undefined,
    }),
  ),
  get: os.get.handler(({ input, context }) => answer(context, input.draft)),
  create: os.create.handler(({ input, context }) => create(context, input)),
  samples: os.samples.handler(async () => ({ items: await readSamplePipelines() })),
  save: os.save.handler(async ({ input, context }) => {
    const edit = await editOf(context, input.draft, input.note);
    commands.readPipeline(input.text);
    if (input.base !== undefined) commands.readPipeline(input.base);
    await getCollab(context.services).edit(edit, (document) => document.setText(input.text, input.base));
    return answer(context, input.draft);
  }),
  rename: os.rename.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { name, description } = input;
    const edit = await editOf(context, input.draft);
    if (name !== undefined) {
      await getCollab(context.services).edit(edit, (document) =>
        document.setPipeline({ display_name: name }),
      );
    }
    if (description !== undefined) await commands.describeDraft(db, input.draft, description);
    return answer(context, input.draft);
  }),
  delete: os.delete.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    await services.db.transaction((tx) =>
      commands.deleteDraft(tx, workspace.id, input.draft, principal.userId),
    );
    getCollab(services).drop(workspace.name, input.draft);
    return {};
  }),
  clone: os.clone.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const draft = await answer(context, input.draft);
    const id = await services.db.transaction((tx) =>
      commands.createDraft(tx, {
        workspaceId: workspace.id,
        userId: principal.userId,
        text: draft.text,
        name: input.name ?? `${draft.name} (copy)`.slice(-255),
        note: `Copied from ${draft.name}`.slice(0, 255),
      }),
    );
    return answer(context, id);
  }),
  versions: os.versions.handler(async ({ input, context }) => {
    const { id } = await queries.getDraftRow(context.services.db, context.workspace.id, input.draft);
    return queries.listDraftVersions(context.services.db, id, input);
  }),
  version: os.version.handler(async ({ input, context }) => {
    const { id } = await queries.getDraftRow(context.services.db, context.workspace.id, input.draft);
    return queries.getDraftVersion(context.services.db, id, input.version);
  }),
  restore: os.restore.handler(async ({ input, context }) => {
    const edit = await editOf(context, input.draft, `Restored from version ${input.version}`);
    const { text } = await queries.getDraftVersion(context.services.db, input.draft, input.version);
    await getCollab(context.services).edit(edit, (document) => document.setText(text));
    return answer(context, input.draft);
  }),
  diff: os.diff.handler(async ({ input, context }) => {
    const { db } = context.services;
    const row = await queries.getDraftRow(db, context.workspace.id, input.draft);
    const before = (await queries.getDraftVersion(db, row.id, input.from)).text;
    const after =
      input.to === undefined ? row.text : (await queries.getDraftVersion(db, row.id, input.to)).text;
    return { difference: diffTexts(before, after), before, after };
  }),
  rememberSubmit: os.rememberSubmit.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const { id } = await queries.getDraftRow(services.db, workspace.id, input.draft);
    await services.db.transaction(async (tx) => {
      await commands.rememberSubmit(tx, id, principal.userId, input.memory, input.run);
      const run = input.run ?? input.memory.run;
      if (run !== undefined) await noteDraftRun(tx, workspace.id, id, run);
    });
    return {};
  }),
  uses: os.uses.handler(async ({ input, context }) => ({
    items: await queries.draftsUsing(context.services.db, context.workspace.id, input),
  })),
  open: os.open.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { text } = await queries.getDraftRow(db, context.workspace.id, input.draft);
    const settings = mapOf(commands.readPipeline(text).settings);
    await prewarm(db, context.workspace.id, defaultComputeOf(settings));
    return {};
  }),
  preview: os.preview.handler(({ input, context }) =>
    askPreview(context, { ...input, compute: input.compute && context.workspace.role !== "reader" }),
  ),
  cancelPreview: os.cancelPreview.handler(async ({ input, context }) => {
    const { services, workspace } = context;
    await services.db.transaction((tx) => cancelPreview(tx, workspace.id, input.key));
    return {};
  }),
  queryPreview: os.queryPreview.handler(({ input, context }) =>
    queryPreview(context.services, context.workspace.id, input),
  ),
  profilePreview: os.profilePreview.handler(({ input, context }) =>
    profilePreview(context.services, context.workspace.id, input.key),
  ),
  saveRows: os.saveRows.handler(({ input, context }) =>
    saveRows(context.services, context.workspace.id, context.principal.userId, input),
  ),
  trend: os.trend.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { id } = await queries.getDraftRow(db, context.workspace.id, input.draft);
    return findTrend(db, context.workspace.id, id, input);
  }),
});
