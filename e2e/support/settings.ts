import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The table of the whole story; it is read where it is, and no part of the project. */
export const bankCsv = join(root, "..", "shared", "data", "bank-marketing.csv");
export const bankRows = 29_999;
/** The folder with the training script. */
export const storyFolder = join(root, "e2e", "story");

/** A curated environment is built once per studio, and an image for each model. */
export const buildMs = 300_000;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with “npx playwright test”`);
  return value;
}

export function studioUrl(): string {
  return setting("ATELIER_URL");
}

export function administrator(): { email: string; password: string } {
  return { email: setting("ATELIER_ADMIN_EMAIL"), password: setting("ATELIER_ADMIN_PASSWORD") };
}
