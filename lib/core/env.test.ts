import { expect, it } from "vitest";
import { EnvError, readEnv } from "./env.ts";

const enough = {
  DATABASE_URL: "postgres://127.0.0.1/x",
  S3_ENDPOINT: "http://127.0.0.1:9000",
  S3_BUCKET: "b",
  S3_ACCESS_KEY_ID: "k",
  S3_SECRET_ACCESS_KEY: "s",
};

/** What is said of one wrong variable beside others that are right. */
function complaint(wrong: Record<string, string>): string {
  try {
    readEnv({ ...enough, ...wrong });
    return "";
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.message;
  }
}

it("names the variable that cannot be what it is", () => {
  expect(complaint({ PORT: "70000" })).toBe("PORT: must be a port number from 1 to 65535");
  expect(complaint({ LOG_LEVEL: "loud" })).toBe("LOG_LEVEL: must be trace, debug, info, warn or error");
  expect(complaint({ ATELIER_MASTER_KEY: "abc" })).toBe("ATELIER_MASTER_KEY: must be 32 bytes in base64");
  expect(complaint({ ATELIER_LISTEN: "127.0.0.1, eth0" })).toMatch(/^ATELIER_LISTEN: must be IP addresses/);
  expect(complaint({ DOCKER_HOST: "/var/run/docker.sock" })).toMatch(/^DOCKER_HOST: must start with unix:/);
  expect(complaint({ ATELIER_BASE_IMAGE: "My Image" })).toMatch(/^ATELIER_BASE_IMAGE: must be the name/);
  expect(complaint({ PORT: "x", LOG_LEVEL: "y" }).split("\n")).toHaveLength(2);
});

it("takes what operators write", () => {
  for (const right of [
    { DOCKER_HOST: "unix:///run/user/1000/docker.sock" },
    { DOCKER_HOST: "tcp://10.0.0.4:2375" },
    { DOCKER_HOST: "ssh://me@host" },
    { ATELIER_LISTEN: "127.0.0.1, 172.17.0.1,::1" },
    { ATELIER_BASE_IMAGE: "registry.example.com:5000/team/python@sha256:0a1b" },
    { ATELIER_MASTER_KEY: Buffer.alloc(32, 1).toString("base64") },
    { PORT: "", LOG_LEVEL: "", ATELIER_MASTER_KEY: "" },
  ])
    expect(complaint(right)).toBe("");
});
