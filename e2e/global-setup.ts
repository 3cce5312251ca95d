import { startTestStudio } from "../scripts/testing/test-studio.ts";

/**
 * Starts the studio that all tests of the run use, unless `ATELIER_URL` (with `ATELIER_ADMIN_EMAIL` and
 * `ATELIER_ADMIN_PASSWORD`) names one that runs already.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ATELIER_URL) return undefined;
  const studio = await startTestStudio();
  Object.assign(process.env, studio.env);
  return () => studio.stop();
}
