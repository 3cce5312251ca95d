import { invalid } from "#lib/core/errors.ts";
import type { InlineEnvironment } from "#lib/spec/kinds/environment.ts";
import { plain } from "#lib/spec/written.ts";
import { type EnvironmentDefinition, environmentDefinitionSchema } from "./build/definition.ts";
import { packagesOf } from "./build/lock.ts";

/**
 * What a checked environment file says, without the words about it. Package lists are looked at, so that one that can
 * never be built is refused when it is sent. `path` is where the environment stands in its file, empty for a file of its own.
 */
export function definitionOf(spec: InlineEnvironment, path: string): EnvironmentDefinition {
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  if (spec.build) {
    throw invalid(
      at("build"),
      "Images are not built from a Dockerfile yet. Name an image that the engine has, or list packages in conda_file or pip_file.",
    );
  }
  const image = spec.image === undefined ? {} : { image: spec.image };
  const definition = environmentDefinitionSchema.parse(
    spec.conda_file !== undefined
      ? { kind: "conda", conda: plain(spec.conda_file), ...image }
      : spec.pip_file !== undefined
        ? { kind: "pip", requirements: spec.pip_file.filter((line) => line.trim() !== ""), ...image }
        : { kind: "image", ...image },
  );
  packagesOf(definition);
  return definition;
}
