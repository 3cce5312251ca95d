import { describe, expect, it } from "vitest";
import { findWholeExpression, parseTemplate, resolveTemplate } from "./expressions.ts";

const values: Record<string, string> = {
  "inputs.data": "/in/data",
  "inputs.lr": "0.1",
  "outputs.model": "/out",
  name: "keen_plum",
};
const lookup = ({ root, name }: { root: string; name: string }) =>
  values[name === "" ? root : `${root}.${name}`];

describe("parseTemplate", () => {
  it("finds expressions with their place, spaces inside or not", () => {
    const { expressions, problems } = parseTemplate("a ${{inputs.x}} b ${{ parent.jobs.s.outputs.y }}");
    expect(problems).toEqual([]);
    expect(expressions).toEqual([
      { raw: "${{inputs.x}}", root: "inputs", name: "x", start: 2, end: 15 },
      { raw: "${{ parent.jobs.s.outputs.y }}", root: "parent", name: "jobs.s.outputs.y", start: 18, end: 48 },
    ]);
  });

  it.each([
    ["a ${{inputs.x", "${{ is never closed: }} is missing.", 2],
    ["$[[ --x ${{inputs.x}}", "$[[ is never closed: ]] is missing.", 0],
    ["${{ }}", "${{ }} is empty. Name something, such as ${{inputs.data}}.", 0],
    [
      "x${{ inputs.a + 1 }}",
      "${{ inputs.a + 1 }} is no path. Only names with dots between them stand in ${{ }}, no operators and no functions.",
      1,
    ],
    [
      "${{parent.jobs.train-job.outputs.y}}",
      "${{parent.jobs.train-job.outputs.y}} has a name with a dash. Write train_job, here and where it is declared.",
      0,
    ],
    [
      "$[[ a $[[ ${{inputs.x}} ]] ]]",
      "An optional block $[[ … ]] stands inside another one. Put them side by side.",
      6,
    ],
  ])("says what is wrong in %s", (text, message, start) => {
    expect(parseTemplate(text).problems).toMatchObject([{ message, start }]);
  });

  it("reads hostile texts in a moment", () => {
    const started = performance.now();
    for (const piece of ["${{", "$[[", "$[[${{", "$[[${{a}}]]", "${{a}}"])
      parseTemplate(piece.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("leaves shell and other languages alone", () => {
    const text = 'if [[ -f x ]]; then echo "${HOME}" $(date) {{go}} $((1+1)); fi';
    expect(parseTemplate(text)).toEqual({ text, expressions: [], blocks: [], problems: [] });
  });
});

describe("resolveTemplate", () => {
  it.each([
    ["python t.py --d ${{inputs.data}} --o ${{ outputs.model }}", "python t.py --d /in/data --o /out"],
    ["run $[[--lr ${{inputs.lr}}]] end", "run --lr 0.1 end"],
    ["run $[[--depth ${{inputs.depth}}]] end", "run  end"],
    ["$[[a ${{inputs.lr}} ${{inputs.depth}}]]$[[b ${{inputs.lr}}]]", "b 0.1"],
    ["no expression", "no expression"],
    ["a\n  ${{name}}\n", "a\n  keen_plum\n"],
  ])("%s", (text, expected) => {
    expect(resolveTemplate(text, lookup)).toBe(expected);
  });

  it("pastes a value that looks like an expression without reading it again", () => {
    expect(resolveTemplate("echo ${{inputs.a}} ${{inputs.b}}", ({ name }) => `\${{inputs.${name}}}`)).toBe(
      "echo ${{inputs.a}} ${{inputs.b}}",
    );
  });

  it("refuses an expression without a value outside a block", () => {
    expect(() => resolveTemplate("run ${{inputs.depth}}", lookup)).toThrow("${{inputs.depth}} has no value.");
  });
});

describe("findWholeExpression", () => {
  it("wants nothing beside it", () => {
    expect(findWholeExpression(" ${{parent.inputs.x}} ")).toMatchObject({ root: "parent", name: "inputs.x" });
    expect(findWholeExpression("a ${{parent.inputs.x}}")).toBeUndefined();
    expect(findWholeExpression("${{a.b}}${{c.d}}")).toBeUndefined();
  });
});
