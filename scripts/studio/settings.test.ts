import { describe, expect, it } from "vitest";
import { readSettings } from "./settings.ts";

describe("settings", () => {
  it("need none: both parts are then embedded", () => {
    const { env, embedded } = readSettings({});
    expect(embedded).toEqual({ postgres: true, store: true });
    expect(env).toMatchObject({ PORT: 3000, GATEWAY_PORT: 3001, url: "http://localhost:3000" });
  });

  it("replace an embedded part each", () => {
    expect(readSettings({ DATABASE_URL: "postgres://u:p@db/x" }).embedded).toEqual({
      postgres: false,
      store: true,
    });
    const store = {
      S3_ENDPOINT: "http://s3",
      S3_BUCKET: "b",
      S3_ACCESS_KEY_ID: "k",
      S3_SECRET_ACCESS_KEY: "s",
    };
    expect(readSettings(store).embedded).toEqual({ postgres: true, store: false });
  });

  it.each([
    [{ PORT: "abc" }, "PORT: must be a port number"],
    [{ PORT: "70000" }, "PORT: must be a port number"],
    [{ GATEWAY_PORT: "3000" }, "GATEWAY_PORT: must differ from PORT"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL: must start with postgres://"],
    [
      { S3_ENDPOINT: "ftp://x", S3_BUCKET: "b", S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s" },
      "S3_ENDPOINT: must be",
    ],
    [{ S3_ENDPOINT: "http://x" }, "S3_SECRET_ACCESS_KEY: needed with S3_ENDPOINT"],
    [{ S3_BUCKET: "b" }, "S3_ENDPOINT: needed with S3_BUCKET"],
    [{ ATELIER_ADMIN_EMAIL: "a@b.co" }, "ATELIER_ADMIN_PASSWORD"],
    [{ ATELIER_ADMIN_EMAIL: "ada", ATELIER_ADMIN_PASSWORD: "longenough" }, "ATELIER_ADMIN_EMAIL: must be"],
    [
      { ATELIER_ADMIN_EMAIL: "a@b.co", ATELIER_ADMIN_PASSWORD: "short" },
      "ATELIER_ADMIN_PASSWORD: needs at least 8",
    ],
  ])("at fault are named: %o", (source, message) => {
    expect(() => readSettings(source)).toThrow(message);
  });
});
