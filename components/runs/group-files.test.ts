import { expect, it } from "vitest";
import { groupFiles } from "./group-files.ts";

it("puts what the run saved before the logs of the studio", () => {
  const paths = ["system_logs/preparation.txt", "user_logs/std_log.txt", "outputs/curve.csv"];
  const groups = groupFiles(paths.map((path) => ({ path, sizeBytes: 1 })));
  expect(groups.map(({ title, items }) => [title, items[0]?.path])).toEqual([
    ["Saved by the run", "outputs/curve.csv"],
    ["Your log", "user_logs/std_log.txt"],
    ["System", "system_logs/preparation.txt"],
  ]);
  expect(groupFiles([{ path: "train.py", sizeBytes: 1 }])).toHaveLength(1);
});
