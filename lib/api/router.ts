import { filesRouter } from "#lib/files/router.ts";
import { studioRouter } from "#lib/studio/router.ts";

/** The implementation of `apiContract`. A domain adds one line. */
export const apiRouter = {
  files: filesRouter,
  studio: studioRouter,
};
