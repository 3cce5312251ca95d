import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configPath, readConfig, writeConfig } from "./config.ts";
import { connect, workspaceOf } from "./connection.ts";
import { UsageError } from "./errors.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "atelier-cli-config-"));
  vi.stubEnv("ATELIER_CONFIG_DIR", join(folder, "made"));
  for (const name of ["ATELIER_URL", "ATELIER_TOKEN", "ATELIER_WORKSPACE", "ATELIER_DEFAULTS_WORKSPACE"])
    vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const settings = {
  studio: { url: "https://studio.example.com", token: "from-file" },
  defaults: { workspace: "bank" },
};

describe("the settings file", () => {
  it("is empty where there is none, and reads what was written", () => {
    expect(readConfig()).toEqual({ studio: {}, defaults: {} });
    writeConfig(settings);
    expect(readConfig()).toEqual(settings);
  });

  it("is for its owner only, also when it was not before, and leaves no draft behind", () => {
    writeConfig(settings);
    chmodSync(configPath(), 0o644);
    writeConfig(settings);
    expect((statSync(configPath()).mode & 0o777).toString(8)).toBe("600");
    expect((statSync(join(folder, "made")).mode & 0o777).toString(8)).toBe("700");
    expect(readdirSync(join(folder, "made"))).toEqual(["config"]);
  });
});

describe("what is in force", () => {
  it("is the flag, then the environment, then the file", () => {
    expect(() => workspaceOf(undefined)).toThrow(UsageError);
    writeConfig(settings);
    expect(workspaceOf(undefined)).toBe("bank");
    vi.stubEnv("ATELIER_DEFAULTS_WORKSPACE", "from-defaults");
    expect(workspaceOf(undefined)).toBe("from-defaults");
    vi.stubEnv("ATELIER_WORKSPACE", "from-environment");
    expect(workspaceOf(undefined)).toBe("from-environment");
    expect(workspaceOf("from-flag")).toBe("from-flag");
  });

  it("lets the environment name another studio and token", () => {
    expect(() => connect()).toThrow("Not signed in");
    writeConfig(settings);
    expect(connect()).toMatchObject({ url: "https://studio.example.com", token: "from-file" });
    vi.stubEnv("ATELIER_TOKEN", "from-environment");
    expect(connect()).toMatchObject({ url: "https://studio.example.com", token: "from-environment" });
    vi.stubEnv("ATELIER_URL", "localhost:3000");
    expect(() => connect()).toThrow("ATELIER_URL: “localhost:3000” is no address");
  });

  it("gives a remembered token to no other studio", () => {
    writeConfig(settings);
    vi.stubEnv("ATELIER_URL", "https://other.example.com/");
    expect(() => connect()).toThrow("Not signed in to https://other.example.com.");
    vi.stubEnv("ATELIER_URL", "https://studio.example.com/bank/runs");
    expect(connect()).toMatchObject({ url: "https://studio.example.com", token: "from-file" });
  });
});
