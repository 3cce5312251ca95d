import { invalid } from "#lib/core/errors.ts";
import { limits } from "./model.ts";

const keyPattern = /^[\p{L}\p{N}_/. :-]+$/u;

function isNormalPath(key: string): boolean {
  return key.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * Checks the key of a metric, a parameter or a run's tag: it is also a path to those who keep each key in a file. `path`
 * names the field in the error.
 */
export function checkKey(key: string, path: string): void {
  if (key === "") throw invalid(path, "A key name must be provided.");
  if (key.length > limits.keyLength) {
    throw invalid(
      path,
      `'${key.slice(0, 50)}…' exceeds the maximum length of ${limits.keyLength} characters`,
    );
  }
  if (!keyPattern.test(key)) {
    throw invalid(
      path,
      "Names may only contain letters, digits, underscores, dashes, periods, colons, spaces and slashes.",
      key,
    );
  }
  if (!isNormalPath(key)) {
    throw invalid(
      path,
      "Names must be the same when they are read as a path: no leading slash, no “..”.",
      key,
    );
  }
}
