import { isMapping, type SpecPath } from "../paths.ts";
import { findScalarText } from "../written.ts";
import { dataTypes, modelTypes, moduleTypes } from "./data-types.ts";
import { environmentLocals } from "./environment.ts";
import type { LocalField } from "./kind-definition.ts";

const fileTypes: readonly string[] = [...dataTypes, ...modelTypes, ...moduleTypes];

/** What lies beside a component: its code, and those of what it is made of. */
export function componentLocals(raw: Record<string, unknown>, base: SpecPath): LocalField[] {
  const fields: LocalField[] = environmentLocals(raw.environment, [...base, "environment"]);
  if (typeof raw.code === "string") fields.push({ path: [...base, "code"], purpose: "code", expects: "any" });
  if (Array.isArray(raw.additional_includes))
    for (const index of raw.additional_includes.keys())
      fields.push({
        path: [...base, "additional_includes", index],
        purpose: "include",
        expects: "any",
      });
  return [...fields, ...jobsLocals(raw.jobs, [...base, "jobs"])];
}

export function jobsLocals(jobs: unknown, base: SpecPath): LocalField[] {
  if (!isMapping(jobs)) return [];
  return Object.entries(jobs).flatMap(([name, node]) =>
    isMapping(node) ? nodeLocals(node, [...base, name]) : [],
  );
}

function nodeLocals(node: Record<string, unknown>, base: SpecPath): LocalField[] {
  const component = isMapping(node.component) ? node.component : undefined;
  const fields = component ? componentLocals(component, [...base, "component"]) : [];
  fields.push(...environmentLocals(node.environment, [...base, "environment"]));
  if (typeof node.code === "string")
    fields.push({ path: [...base, "code"], purpose: "code", expects: "any" });
  if (!isMapping(node.inputs)) return fields;
  const ports = isMapping(component?.inputs) ? component.inputs : {};
  for (const [key, input] of Object.entries(node.inputs)) {
    const port = isMapping(ports[key]) ? findScalarText(ports[key].type)?.toLowerCase() : undefined;
    if (isMapping(input) && typeof input.path === "string") {
      const type = findScalarText(input.type)?.toLowerCase() ?? port ?? "uri_folder";
      fields.push({ path: [...base, "inputs", key, "path"], purpose: "input", expects: expectsOf(type) });
    } else if (typeof input === "string" && port !== undefined && fileTypes.includes(port)) {
      // At a port that takes data, text is a path.
      fields.push({ path: [...base, "inputs", key], purpose: "input", expects: expectsOf(port) });
    }
  }
  return fields;
}

/** What must lie at the path of an input. */
export function expectsOf(type: string): LocalField["expects"] {
  if (type === "uri_file") return "file";
  return type === "uri_folder" || type === "mltable" ? "folder" : "any";
}

/** The data that the inputs of a job name. */
export function inputLocals(inputs: unknown, base: SpecPath = []): LocalField[] {
  if (!isMapping(inputs)) return [];
  return Object.entries(inputs).flatMap(([key, input]): LocalField[] => {
    if (!isMapping(input) || typeof input.path !== "string") return [];
    const type = findScalarText(input.type)?.toLowerCase() ?? "uri_folder";
    return [{ path: [...base, "inputs", key, "path"], purpose: "input", expects: expectsOf(type) }];
  });
}
