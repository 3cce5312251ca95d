import type { RunEnvironment } from "#db/schema/index.ts";
import type { Literal } from "#lib/components/model.ts";
import { canonicalJson } from "#lib/core/canonical.ts";
import { sha256 } from "#lib/core/sha256.ts";
import type { PreviewCommand } from "./preview-command.ts";

/** Rows of each dataset that previews are computed on. */
export const sampleRows = 10_000;

/** Raised when previews come to mean something else, so that kept ones are not shown. */
const keyVersion = 1;

/** Names what a step gives: the same work on the same data has the same key, in whatever pipeline it stands. */
export function previewKeyOf(step: {
  digest: string;
  parameters: Record<string, Literal>;
  /** What is at each input port, equal for equal contents. */
  contents: Record<string, string>;
  environment: RunEnvironment;
  sampled: boolean;
  command?: PreviewCommand;
}): string {
  const { digest, parameters, contents, environment, sampled, command } = step;
  const said = {
    keyVersion,
    digest,
    parameters,
    contents,
    environment: environment.digest,
    sampled: sampled && sampleRows,
    ...(command ? { text: command.text, code: command.codeDigest, set: command.environmentVariables } : {}),
  };
  return sha256(canonicalJson(said));
}
