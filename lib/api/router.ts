import { accountRouter } from "#lib/account/router.ts";
import { activityRouter } from "#lib/activity/router.ts";
import { datasetsRouter } from "#lib/datasets/router.ts";
import { endpointsRouter } from "#lib/endpoints/router.ts";
import { filesRouter } from "#lib/files/router.ts";
import { membersRouter } from "#lib/members/router.ts";
import { searchRouter } from "#lib/search/router.ts";
import { studioRouter } from "#lib/studio/router.ts";
import { workspacesRouter } from "#lib/workspaces/router.ts";

/** The implementation of `apiContract`. A domain adds one line. */
export const apiRouter = {
  account: accountRouter,
  activity: activityRouter,
  datasets: datasetsRouter,
  endpoints: endpointsRouter,
  files: filesRouter,
  members: membersRouter,
  search: searchRouter,
  studio: studioRouter,
  workspaces: workspacesRouter,
};
