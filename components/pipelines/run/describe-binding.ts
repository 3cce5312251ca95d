import type { Binding } from "#lib/pipelines/model.ts";

/** What an input or a parameter is set to, on a form that only shows. */
export function describeBinding(binding: Binding): string {
  switch (binding.kind) {
    case "literal":
      return binding.value === null || binding.value === "" ? "–" : String(binding.value);
    case "pipeline_input":
      return `pipeline input ${binding.name}`;
    case "output":
      return `${binding.port} of ${binding.node}`;
    case "data":
      return binding.path;
    case "template":
      return binding.text;
  }
}
