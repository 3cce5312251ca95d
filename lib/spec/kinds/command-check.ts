import { type Expression, parseTemplate, type Template } from "../expressions.ts";
import { didYouMean } from "../near-names.ts";
import type { SpecPath } from "../paths.ts";
import type { Reporter } from "../report.ts";
import type { CommandJobSpec } from "./command-job.ts";

/** What an expression may name: declared inputs, by what they are set to, and outputs. */
export interface Declared {
  command: string;
  inputs: Record<string, { type: string; optional?: boolean }>;
  outputs: Record<string, unknown>;
}

const portName = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const maxProblems = 20;
const shellCharacters = /[;&|<>`$()"'\\\n*?]/;

/** The rules between a command and what it declares. */
export function checkCommand(spec: CommandJobSpec, report: Reporter): void {
  for (const [key, input] of Object.entries(spec.inputs)) {
    if (input.type === "unset" && !input.optional) {
      report.error(["inputs", key], "Required input not provided: give it a value or a path.");
    }
  }
  const template = checkTemplate(spec, report);
  checkPasting(spec, template, report);
  checkElsewhere(spec, report);
}

/** The rules between the text of a command and the names that it uses. An `unset` optional input needs a block. */
export function checkTemplate(spec: Declared, report: Reporter): Template {
  for (const section of ["inputs", "outputs"] as const) {
    for (const key of Object.keys(spec[section])) {
      if (!portName.test(key)) {
        report.error(
          [section, key],
          "must be a name of letters, digits and underscores, and start with no digit.",
        );
      }
    }
  }
  const template = parseTemplate(spec.command);
  checkExpressions(spec, template, report);
  checkBlocks(spec, template, report);
  return template;
}

function checkExpressions(spec: Declared, template: Template, report: Reporter): void {
  for (const problem of template.problems.slice(0, maxProblems)) {
    report.error(["command"], problem.message, needleOf(template.text, problem.raw, problem.start));
  }
  let count = 0;
  for (const expression of template.expressions) {
    const message = expressionProblem(expression, spec);
    if (message !== undefined && count++ < maxProblems) {
      report.error(["command"], message, needleOf(template.text, expression.raw, expression.start));
    }
  }
}

function expressionProblem({ raw, root, name }: Expression, spec: Declared): string | undefined {
  if (root === "inputs" || root === "outputs") {
    const declared = spec[root];
    if (name === "") return `${raw} names no ${root === "inputs" ? "input" : "output"}.`;
    if (Object.hasOwn(declared, name)) return undefined;
    const what = root === "inputs" ? "input" : "output";
    return `${raw} names the ${what} “${name}”, which is not declared.${didYouMean(name, Object.keys(declared))}`;
  }
  if (root === "parent" && /^(inputs|outputs)\./.test(name)) {
    return `${raw} speaks of a pipeline. In a command, write \${{${name}}}.`;
  }
  if (root === "search_space") return `${raw} is for the trials of a sweep. In a command job, name an input.`;
  return `${raw} has no meaning in a command. Only inputs and outputs can be named.`;
}

/** Optional inputs live in optional blocks, and nothing else does. */
function checkBlocks(spec: Declared, { text, expressions, blocks }: Template, report: Reporter): void {
  for (const expression of expressions) {
    if (expression.root !== "inputs" || !Object.hasOwn(spec.inputs, expression.name)) continue;
    const input = spec.inputs[expression.name];
    const inBlock = blocks.some((block) => block.start < expression.start && expression.end < block.end);
    if (input?.type === "unset" && input.optional && !inBlock) {
      const message = `${expression.raw} is optional, so it must stand in a block: $[[ … ${expression.raw} … ]].`;
      report.error(["command"], message, needleOf(text, expression.raw, expression.start));
    }
  }
  for (const block of blocks) {
    if (block.expressions.length > 0) continue;
    report.error(
      ["command"],
      "An optional block must name an optional input.",
      needleOf(text, "$[[", block.start),
    );
  }
}

/** Values are pasted as they are, so that one with shell characters may do more than it says. */
function checkPasting(spec: CommandJobSpec, { expressions }: Template, report: Reporter): void {
  const used = new Set(expressions.filter(({ root }) => root === "inputs").map(({ name }) => name));
  for (const [key, input] of Object.entries(spec.inputs)) {
    if (input.type === "literal" && used.has(key) && shellCharacters.test(input.text)) {
      report.warn(
        ["inputs", key],
        "holds characters that the shell reads, and is pasted into the command as it is.",
      );
    }
  }
}

/** An expression is replaced in the command only; elsewhere it would reach the program as text. */
function checkElsewhere(spec: CommandJobSpec, report: Reporter): void {
  const texts: [SpecPath, string | undefined][] = [
    [["display_name"], spec.display_name],
    [["compute"], spec.compute],
    ...Object.entries(spec.environment_variables ?? {}).map(([key, value]): [SpecPath, string] => [
      ["environment_variables", key],
      value,
    ]),
  ];
  for (const [path, value] of texts) {
    if (value?.includes("${{"))
      report.warn(path, "holds an expression, which is replaced in the command only.");
  }
}

function needleOf(text: string, raw: string, start: number): { text: string; nth: number } {
  return { text: raw, nth: text.slice(0, start).split(raw).length - 1 };
}
