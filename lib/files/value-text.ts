import { text } from "node:stream/consumers";
import type { AssetSource } from "#db/schema/index.ts";
import type { FileServices } from "./commands.ts";
import { openFileSet } from "./file-set.ts";

/** More is no value. */
const maxBytes = 65_536;

/**
 * The text of an output that is a value: of the only file that a step wrote, without the end of its line. Null where there
 * is no file, more than one, or one of more than 64 KiB.
 */
export async function findValueText(
  services: FileServices,
  workspaceId: string,
  source: AssetSource,
): Promise<string | null> {
  const set = openFileSet(services, workspaceId, source);
  const [file, ...more] = await set.list();
  if (!file || more.length > 0 || file.sizeBytes > maxBytes) return null;
  const { body } = await set.open(file.path);
  return (await text(body)).replace(/\r?\n$/, "");
}
