import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { specMapping } from "#lib/spec/dump.ts";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import { given, withFile, withName, withVersion } from "../flags.ts";
import { showComponent, showComponentLine } from "../shapes/component.ts";
import { uploadInPlace } from "../upload-in-place.ts";
import { warningLine, withLines } from "../with-lines.ts";
import { type AssetFlags, addAssetVerbs } from "./asset-verbs.ts";

interface CreateFlags extends Partial<AssetFlags> {
  file: string;
  set?: string[];
}

/** `component`: create, show, list, update, archive, restore. */
export function registerComponent(program: Command): void {
  const group = program.command("component").description("reusable steps of pipelines");
  addVerb<CreateFlags>(
    group,
    "create",
    "make a component, or its next version",
    (command) =>
      withVersion(withName(withFile(command), false)).option(
        "--skip-validation",
        "accepted and ignored: the studio always checks",
      ),
    async ({ flags, connection, workspace, say }) => {
      const { name, version } = flags;
      const loaded = await loadSpecFile(flags.file, {
        kind: "component",
        set: flags.set ?? [],
        flags: given({ name, version }),
      });
      for (const warning of loaded.warnings) say(warningLine(warning));
      const mapping = specMapping("component", loaded.spec);
      const spec = await uploadInPlace(connection, workspace, mapping, loaded.locals, say);
      const specText = await readFile(flags.file, "utf8");
      return showComponent(
        await withLines(loaded.document, () =>
          connection.api.components.create({ workspace, spec, specText }),
        ),
      );
    },
  );
  addAssetVerbs(group, {
    words: { one: "a component", many: "components" },
    hasDisplayName: true,
    find: ({ connection, workspace }, component, version) =>
      connection.api.components.get({ workspace, component, version }),
    versions: async ({ connection, workspace }, component) =>
      (await connection.api.components.versions({ workspace, component })).items,
    page: ({ connection, workspace }, page) => connection.api.components.list({ workspace, ...page }),
    change: ({ connection, workspace }, component, version, change) =>
      connection.api.components.update({ workspace, component, version, ...change }),
    archive: ({ connection, workspace }, component, archived) =>
      connection.api.components.archive({ workspace, component, archived }),
    show: showComponent,
    showLine: showComponentLine,
  });
}
