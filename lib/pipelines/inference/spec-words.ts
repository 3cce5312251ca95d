import type { Binding } from "../model.ts";

export type Position = [number, number];

/** A binding as the file says it. */
export function bindingText(binding: Binding): string {
  switch (binding.kind) {
    case "pipeline_input":
      return `\${{parent.inputs.${binding.name}}}`;
    case "output":
      return `\${{parent.jobs.${binding.node}.outputs.${binding.port}}}`;
    case "template":
      return binding.text;
    case "data":
      return binding.path;
    case "literal":
      return String(binding.value ?? "");
  }
}

/** The name, or the first free one of `name_2`, `name_3`, … */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
  }
}
