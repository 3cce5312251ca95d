import { implement } from "@orpc/server";
import type { WorkspaceContext } from "#lib/api/context.ts";
import { notFound } from "#lib/core/errors.ts";
import { selectorOf } from "#lib/environments/queries.ts";
import { archiveComponent, createComponent, updateComponent } from "./commands.ts";
import { componentsContract } from "./contract.ts";
import { getComponentVersion, listComponents, listComponentVersions, readPalette } from "./queries.ts";
import { findComponent } from "./resolve.ts";
import { listUses } from "./uses.ts";

const os = implement(componentsContract).$context<WorkspaceContext>();

const find = (context: WorkspaceContext, input: { component: string; version: string }) =>
  getComponentVersion(context.services.db, context.workspace.id, input.component, selectorOf(input.version));

export const componentsRouter = os.router({
  palette: os.palette.handler(({ input, context }) =>
    readPalette(context.services.db, context.workspace.id, input.etag),
  ),
  list: os.list.handler(({ input, context }) =>
    listComponents(context.services.db, { ...input, workspaceId: context.workspace.id }),
  ),
  create: os.create.handler(async ({ input, context }) => {
    const { services, workspace, principal } = context;
    const { name, version } = await createComponent(services.db, workspace.id, principal.userId, input);
    return getComponentVersion(services.db, workspace.id, name, { version });
  }),
  resolve: os.resolve.handler(async ({ input, context }) => {
    const found = await findComponent(context.services.db, context.workspace.id, input.ref);
    if (!found) throw notFound(`Component “${input.ref}”`);
    return found.definition;
  }),
  versions: os.versions.handler(async ({ input, context }) => ({
    items: await listComponentVersions(context.services.db, context.workspace.id, input.component),
  })),
  get: os.get.handler(({ input, context }) => find(context, input)),
  update: os.update.handler(async ({ input, context }) => {
    const { component, version, displayName, description, tags, archived } = input;
    const change = { displayName, description, tags, archived };
    await updateComponent(context.services.db, context.workspace.id, component, selectorOf(version), change);
    return find(context, input);
  }),
  archive: os.archive.handler(async ({ input, context }) => {
    const { component: name, archived } = input;
    await archiveComponent(context.services.db, context.workspace.id, name, archived);
    return { name, archived };
  }),
  uses: os.uses.handler(({ input, context }) => {
    const { component: name, version, limit, cursor } = input;
    return listUses(context.services.db, { workspaceId: context.workspace.id, name, version, limit, cursor });
  }),
});
