import { readFile } from "node:fs/promises";
import { ORPCError } from "@orpc/client";
import { describe, expect, it } from "vitest";
import { AppError, invalid, notFound } from "#lib/core/errors.ts";
import { describeError, exitCodeOf, UsageError } from "./errors.ts";

describe("exitCodeOf", () => {
  it("is 2 for the command line, 3 for what show did not find, else 1", () => {
    expect(exitCodeOf(new UsageError("x"), "list")).toBe(2);
    expect(exitCodeOf(notFound("Run"), "show")).toBe(3);
    const data = { issues: [], details: {}, requestId: "req_1" };
    expect(exitCodeOf(new ORPCError("NOT_FOUND", { status: 404, data }), "show")).toBe(3);
    // Another server at that address knows nothing of what is there.
    expect(exitCodeOf(new ORPCError("NOT_FOUND", { status: 404 }), "show")).toBe(1);
    expect(exitCodeOf(notFound("Run"), "cancel")).toBe(1);
    expect(exitCodeOf(new Error("x"), "show")).toBe(1);
  });
});

describe("describeError", () => {
  it("lists every place that is wrong, but repeats none", () => {
    const error = new AppError("VALIDATION_FAILED", {
      userMessage: "job.yml:1: command is required. 1 more error.",
      issues: [
        { path: "command", message: "is required.", location: "job.yml:1" },
        { path: "comand", message: "is not a known key.", location: "job.yml:2" },
      ],
    });
    expect(describeError(error)).toBe(
      "ERROR: job.yml:1: command is required. 1 more error.\n  job.yml:1: command: is required.\n  job.yml:2: comand: is not a known key.",
    );
    expect(describeError(invalid("traffic", "adds up to 50 %."))).toBe("ERROR: traffic: adds up to 50 %.");
  });

  it("says what is wrong with a file or a studio that does not answer", async () => {
    const missing = await readFile("/no/such/file").catch((error: unknown) => error);
    expect(describeError(missing)).toBe("ERROR: “/no/such/file” does not exist.");
    const refused = await fetch("http://127.0.0.1:1/").catch((error: unknown) => error);
    expect(describeError(refused)).toMatch(/^ERROR: The studio does not answer: .+ Is it running/);
  });
});
