import { implement } from "@orpc/server";
import { and, eq } from "drizzle-orm";
import { environmentBuilds } from "#db/schema/index.ts";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { archiveEnvironment, createEnvironment, requestBuild, updateEnvironment } from "./commands.ts";
import { environmentsContract } from "./contract.ts";
import {
  getEnvironmentVersion,
  listBuilds,
  listEnvironments,
  listEnvironmentVersions,
  selectorOf,
} from "./queries.ts";

const os = implement(environmentsContract).$context<WorkspaceContext>();

const find = (context: WorkspaceContext, input: { environment: string; version: string }) =>
  getEnvironmentVersion(
    context.services.db,
    context.workspace.id,
    input.environment,
    selectorOf(input.version),
  );

export const environmentsRouter = os.router({
  list: os.list.handler(({ input, context }) =>
    listEnvironments(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
  create: os.create.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const { name, version } = await createEnvironment(
      services.db,
      workspace.id,
      principal.userId,
      input.spec,
    );
    return getEnvironmentVersion(services.db, workspace.id, name, { version });
  }),
  versions: os.versions.handler(async ({ input, context }) => ({
    items: await listEnvironmentVersions(context.services.db, context.workspace.id, input.environment),
  })),
  get: os.get.handler(({ input, context }) => find(context, input)),
  update: os.update.handler(async ({ input, context }) => {
    const { environment, version, description, tags, archived } = input;
    await updateEnvironment(context.services.db, context.workspace.id, environment, selectorOf(version), {
      description,
      tags,
      archived,
    });
    return find(context, input);
  }),
  archive: os.archive.handler(async ({ input, context }) => {
    const { environment: name, archived } = input;
    await archiveEnvironment(context.services.db, context.workspace.id, name, archived);
    return { name, archived };
  }),
  build: os.build.handler(async ({ input, context }) => {
    const found = await find(context, input);
    await requestBuild(context.services.db, context.workspace.id, found, input.kind);
    return found;
  }),
  buildLog: os.buildLog.handler(async ({ input, context }) => {
    const { db } = context.services;
    const { digest } = await find(context, input);
    const where = and(eq(environmentBuilds.digest, digest), eq(environmentBuilds.kind, input.kind));
    const [row] = await db.select({ log: environmentBuilds.log }).from(environmentBuilds).where(where);
    const build = (await listBuilds(db, digest)).find(({ kind }) => kind === input.kind) ?? null;
    return { build, log: row?.log ?? "" };
  }),
});
