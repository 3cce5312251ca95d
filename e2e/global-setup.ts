import { startTestStudio } from "../scripts/testing/test-studio.ts";
import { openWayIn } from "./support/apart/outside.ts";
import { studioUrl } from "./support/settings.ts";

/**
 * Starts the studio that all tests of the run use, unless `ATELIER_URL` (with `ATELIER_ADMIN_EMAIL` and
 * `ATELIER_ADMIN_PASSWORD`) names one that runs already.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const studio = process.env.ATELIER_URL ? null : await startTestStudio();
  Object.assign(process.env, studio?.env);
  const closeWayIn = await openWayIn(studioUrl());
  return async () => {
    closeWayIn();
    await studio?.stop();
  };
}
