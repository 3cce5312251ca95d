import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeStandIn } from "./stand-in.ts";

const root = join(import.meta.dirname, "..", "..");

const ownTable = process.env.ATELIER_TEST_TABLE ?? join(root, "..", "shared", "data", "bank-marketing.csv");

function findTable(): string {
  if (existsSync(ownTable)) return ownTable;
  const file = join(tmpdir(), "atelier-e2e-bank-marketing", "bank-marketing.csv");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, makeStandIn());
  return file;
}

/**
 * The table of the whole story: the bank marketing data where it lies beside the project or `ATELIER_TEST_TABLE` names it,
 * else a made-up one with the same columns.
 */
export const bankCsv = findTable();
/** Without the line of names and the end of the last line. */
export const bankRows = readFileSync(bankCsv, "utf8").trimEnd().split("\n").length - 1;
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
