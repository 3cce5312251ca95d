import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectStore } from "./port.ts";

const mib = 1024 * 1024;

/** What every driver must do, on an empty bucket that `open` makes. */
export function describeStoreContract(
  name: string,
  open: () => Promise<{ store: ObjectStore; drop(): Promise<void> }>,
): void {
  describe(`object store: ${name}`, () => {
    let store: ObjectStore;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(() => drop());

    const read = async (key: string) => buffer((await store.get(key)).body);

    it("keeps bytes, their size, type and time", async () => {
      const before = Date.now();
      const body = randomBytes(10_000);
      expect(await store.put("plain/a", body, { contentType: "text/csv" })).toEqual({ size: 10_000 });
      const got = await store.get("plain/a");
      expect(got).toMatchObject({ size: 10_000, contentType: "text/csv" });
      expect(await buffer(got.body)).toEqual(body);
      const head = await store.head("plain/a");
      expect(head).toMatchObject({ size: 10_000, contentType: "text/csv" });
      expect(Math.abs((head?.lastModified ?? 0) - before)).toBeLessThan(60_000);
    });

    it("keeps an empty object", async () => {
      await store.put("plain/empty", Buffer.alloc(0));
      expect((await store.head("plain/empty"))?.size).toBe(0);
      expect(await read("plain/empty")).toEqual(Buffer.alloc(0));
    });

    it("keeps an empty stream", async () => {
      expect(await store.put("plain/empty-stream", Readable.from([]))).toEqual({ size: 0 });
      expect(await read("plain/empty-stream")).toEqual(Buffer.alloc(0));
    });

    it.each(["white space", "ä/ö ü", "plus+and&and=", "per%20cent", "a'b(c)!*", "日本/語.txt", "what?#~"])(
      "keeps the key %s as it is",
      async (suffix) => {
        const key = `keys/${createHash("md5").update(suffix).digest("hex")}/${suffix}`;
        await store.put(key, Buffer.from(suffix));
        expect((await read(key)).toString()).toBe(suffix);
        expect((await store.list(key)).objects.map((object) => object.key)).toEqual([key]);
        await store.copy(key, `${key}.copy`);
        expect((await read(`${key}.copy`)).toString()).toBe(suffix);
      },
    );

    it("replaces an object whole", async () => {
      await store.put("plain/replaced", Buffer.from("a longer first body"));
      await store.put("plain/replaced", Buffer.from("second"));
      expect((await read("plain/replaced")).toString()).toBe("second");
    });

    it("takes a stream of unknown length in parts, and gives the same bytes back", async () => {
      const sent = createHash("sha256");
      async function* chunks() {
        for (let i = 0; i < 21; i++) {
          const chunk = randomBytes(mib - 7);
          sent.update(chunk);
          yield chunk;
        }
      }
      const size = 21 * (mib - 7);
      expect(await store.put("stream/unknown", chunks())).toEqual({ size });
      const got = createHash("sha256");
      for await (const chunk of (await store.get("stream/unknown")).body) got.update(chunk);
      expect(got.digest("hex")).toBe(sent.digest("hex"));
      expect((await store.head("stream/unknown"))?.size).toBe(size);
    });

    it("takes a large buffer", async () => {
      const body = randomBytes(17 * mib);
      expect(await store.put("stream/buffer", body, { size: body.length })).toEqual({ size: body.length });
      expect((await read("stream/buffer")).equals(body)).toBe(true);
    });

    it("leaves nothing when the stream fails", async () => {
      async function* failing() {
        yield randomBytes(9 * mib);
        throw new Error("the source broke");
      }
      await expect(store.put("stream/broken", failing())).rejects.toThrow("the source broke");
      expect(await store.head("stream/broken")).toBeNull();
    });

    it.each([3, 5])("refuses a stream of 4 bytes announced as %d", async (size) => {
      const put = store.put("stream/short", Readable.from([Buffer.from("four")]), { size });
      await expect(put).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
      expect(await store.head("stream/short")).toBeNull();
    });

    it("reads ranges, both ends included", async () => {
      await store.put("range/a", Buffer.from("0123456789"));
      const part = async (start: number, end?: number) => {
        const got = await store.get("range/a", end === undefined ? { start } : { start, end });
        const text = (await buffer(got.body)).toString();
        expect(got.size).toBe(text.length);
        return text;
      };
      expect(await part(0, 0)).toBe("0");
      expect(await part(2, 4)).toBe("234");
      expect(await part(7)).toBe("789");
      expect(await part(8, 99)).toBe("89");
      await expect(store.get("range/a", { start: 10 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    });

    it("says what is missing", async () => {
      await expect(store.get("missing/x")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(store.copy("missing/x", "missing/y")).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await store.head("missing/x")).toBeNull();
      await expect(store.delete("missing/x")).resolves.toBeUndefined();
    });

    it("lists by prefix, in order, folded at a delimiter, page by page", async () => {
      const keys = ["list/a/1", "list/a/2", "list/b", "list/c/1", "list/d", "listing"];
      for (const key of keys.toReversed()) await store.put(key, Buffer.from(key));
      const all = await store.list("list/");
      expect(all.objects.map(({ key, size }) => [key, size])).toEqual(
        keys.slice(0, 5).map((key) => [key, key.length]),
      );
      expect(all.cursor).toBeUndefined();
      const folded = await store.list("list/", { delimiter: "/" });
      expect(folded.objects.map(({ key }) => key)).toEqual(["list/b", "list/d"]);
      expect(folded.prefixes).toEqual(["list/a/", "list/c/"]);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list("list/", { limit: 2, ...(cursor ? { cursor } : {}) });
        expect(page.objects.length).toBeLessThanOrEqual(2);
        seen.push(...page.objects.map(({ key }) => key));
        cursor = page.cursor;
      } while (cursor);
      expect(seen).toEqual(keys.slice(0, 5));
    });

    it("deletes everything under a prefix and nothing beside it", async () => {
      for (const key of ["gone/a", "gone/b/c", "gone2"]) await store.put(key, Buffer.from(key));
      expect(await store.deletePrefix("gone/")).toBe(2);
      expect((await store.list("gone")).objects.map(({ key }) => key)).toEqual(["gone2"]);
      await expect(store.deletePrefix("")).rejects.toThrow("empty the bucket");
    });

    it("copies with the type, also when the object is copied in parts", async () => {
      for (const size of [10, 12 * mib]) {
        const body = randomBytes(size);
        await store.put(`copy/${size}`, body, { contentType: "application/x-thing" });
        await store.copy(`copy/${size}`, `copied/${size}`);
        expect((await read(`copied/${size}`)).equals(body)).toBe(true);
        expect(await store.head(`copied/${size}`)).toMatchObject({
          size,
          contentType: "application/x-thing",
        });
      }
    });

    it("takes many writers at once", async () => {
      const bodies = Array.from({ length: 60 }, () => randomBytes(5_000));
      await Promise.all(bodies.map((body, i) => store.put(`many/${i}`, body)));
      const back = await Promise.all(bodies.map((_, i) => read(`many/${i}`)));
      expect(back.every((body, i) => bodies[i]?.equals(body))).toBe(true);
    });

    it("has its bucket made twice without harm", async () => {
      await store.ensureBucket();
      await store.ensureBucket();
      expect((await store.head("plain/a"))?.size).toBe(10_000);
    });
  });
}
