import { describe, expect, it } from "vitest";
import { UsageError } from "./errors.ts";
import { readAll, readAssignments, readPairs, readWhole, readWordChanges, versionPart } from "./flags.ts";
import { readTraffic } from "./groups/online-endpoint.ts";

describe("readAssignments", () => {
  it("splits at the first equals sign only, and keeps spaces", () => {
    expect(readAssignments(["description=a = b", "tags.x="])).toEqual([
      ["description", "a = b"],
      ["tags.x", ""],
    ]);
    expect(() => readAssignments(["description"])).toThrow(UsageError);
  });
});

describe("readWordChanges", () => {
  it("adds tags to those that are there", () => {
    expect(readWordChanges(["tags.b=2", "description=x y"], { a: "1" })).toEqual({
      tags: { a: "1", b: "2" },
      description: "x y",
    });
  });

  it("says what can be changed instead", () => {
    expect(() => readWordChanges(["display_name=x"], {})).toThrow("description and tags.x can");
    expect(readWordChanges(["display_name=x"], {}, { displayName: true })).toEqual({ displayName: "x" });
  });
});

describe("readPairs and readTraffic", () => {
  it("take one word with spaces or several words", () => {
    expect(readPairs("--traffic", ["blue=90 green=10"])).toEqual({ blue: "90", green: "10" });
    expect(readTraffic(["blue=90", "green=10"])).toEqual({ blue: 90, green: 10 });
  });

  it("refuse what is no whole percent", () => {
    expect(() => readTraffic(["blue=9.5"])).toThrow("--traffic blue: “9.5” is not a whole number.");
    expect(() => readTraffic(["blue"])).toThrow(UsageError);
  });
});

describe("versionPart", () => {
  it("is the version, a label, or the newest", () => {
    expect(versionPart({ version: "1.10" })).toBe("1.10");
    expect(versionPart({ label: "prod" })).toBe("@prod");
    expect(versionPart({})).toBe("@latest");
    expect(() => versionPart({ version: "1", label: "prod" })).toThrow(UsageError);
  });
});

describe("readAll", () => {
  const pages: Record<string, { items: { name: string; archived: boolean }[]; nextCursor: string | null }> = {
    "": {
      items: [
        { name: "a", archived: false },
        { name: "b", archived: true },
      ],
      nextCursor: "2",
    },
    "2": { items: [{ name: "c", archived: true }], nextCursor: null },
  };
  const read = async ({ cursor = "" }: { cursor?: string }) => {
    const page = pages[cursor];
    if (!page) throw new Error(`no page ${cursor}`);
    return page;
  };

  it("reads on until there is no more, or enough", async () => {
    expect((await readAll({}, read)).map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect((await readAll({ maxResults: "1" }, read)).map(({ name }) => name)).toEqual(["a"]);
    expect((await readAll({ archivedOnly: true }, read)).map(({ name }) => name)).toEqual(["b", "c"]);
    await expect(readAll({ maxResults: "0" }, read)).rejects.toThrow("not a whole number from 1 on");
    expect(readWhole("--lines", undefined)).toBeUndefined();
  });
});
