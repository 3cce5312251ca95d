import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { specMapping } from "#lib/spec/dump.ts";
import { loadSpecFile } from "#lib/spec/load.ts";
import { addVerb } from "../command.ts";
import {
  given,
  type PagingFlags,
  readAll,
  readWordChanges,
  versionPart,
  withFile,
  withName,
  withPaging,
  withVersion,
} from "../flags.ts";
import { showComponent, showComponentLine } from "../shapes/component.ts";
import { uploadInPlace } from "../upload-in-place.ts";
import { warningLine, withLines } from "../with-lines.ts";

interface Named {
  name: string;
  version?: string;
  label?: string;
}

interface CreateFlags extends Partial<Named> {
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
  addVerb<Named>(
    group,
    "show",
    "one version; modules of the studio are found by their name",
    (command) => withVersion(withName(command)),
    async ({ flags, connection, workspace }) =>
      showComponent(
        await connection.api.components.get({
          workspace,
          component: flags.name,
          version: versionPart(flags),
        }),
      ),
  );
  addVerb<PagingFlags & { name?: string }>(
    group,
    "list",
    "components of the workspace, or the versions of one",
    (command) => withPaging(withName(command, false)),
    async ({ flags, connection, workspace }) => {
      if (flags.name) {
        const { items } = await connection.api.components.versions({ workspace, component: flags.name });
        return items.map(showComponent);
      }
      const items = await readAll(flags, ({ archived, ...page }) =>
        connection.api.components.list({ workspace, ...page, archived: archived ? "true" : "false" }),
      );
      return items.map(showComponentLine);
    },
  );
  addVerb<Named & { set?: string[] }>(
    group,
    "update",
    "change what is said about a version",
    (command) =>
      withVersion(withName(command)).option(
        "--set <path=value...>",
        "display_name=…, description=…, tags.x=…",
      ),
    async ({ flags, connection, workspace }) => {
      const one = { workspace, component: flags.name, version: versionPart(flags) };
      const current = await connection.api.components.get(one);
      const change = readWordChanges(flags.set, current.tags, { displayName: true });
      return showComponent(await connection.api.components.update({ ...one, ...change }));
    },
  );
  for (const [verb, archived] of [
    ["archive", true],
    ["restore", false],
  ] as const) {
    addVerb<Named>(
      group,
      verb,
      archived
        ? "take a component out of the lists; pipelines that name it still find it"
        : "bring a component back",
      (command) => withVersion(withName(command)),
      async ({ flags, connection, workspace }) => {
        const { name: component, version } = flags;
        if (version) await connection.api.components.update({ workspace, component, version, archived });
        else await connection.api.components.archive({ workspace, component, archived });
      },
    );
  }
}
