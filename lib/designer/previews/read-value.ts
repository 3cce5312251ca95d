import type { AssetSource } from "#db/schema/index.ts";
import type { Literal } from "#lib/components/model.ts";
import type { FileServices } from "#lib/files/commands.ts";
import { findValueText } from "#lib/files/value-text.ts";
import type { LiteralType } from "#lib/spec/kinds/data-types.ts";
import { typedLiteral } from "#lib/spec/kinds/input.ts";

/** The value that a step wrote to the only file of an output. What is no such value stays the text that it is. */
export async function readValue(
  services: FileServices,
  workspaceId: string,
  source: AssetSource | undefined,
  type: LiteralType,
): Promise<Literal> {
  const written = source ? await findValueText(services, workspaceId, source) : null;
  if (written === null) return null;
  const word = type === "string" ? written : written.trim();
  return typedLiteral(word, type)?.value ?? written;
}
