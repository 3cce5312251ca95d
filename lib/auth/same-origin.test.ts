import { describe, expect, it } from "vitest";
import type { Principal } from "./principal.ts";
import { assertSameOrigin } from "./same-origin.ts";

const person: Principal = {
  userId: "usr_1",
  email: "a@b.example",
  name: "A",
  isAdmin: false,
  via: "session",
};

function check(headers: Record<string, string>, method = "POST", principal: Principal | null = person) {
  const head = { method, header: (name: string) => headers[name] };
  return () => assertSameOrigin(head, principal, "http://studio.example:3000");
}

describe("a change with a session cookie", () => {
  it("passes from a page of the studio", () => {
    expect(check({ "sec-fetch-site": "same-origin" })).not.toThrow();
    expect(check({ origin: "http://studio.example:3000" })).not.toThrow();
    expect(check({ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" })).not.toThrow();
  });

  it("is refused from another site, another port of the same one, and from nowhere", () => {
    const refused = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: "http://studio.example:3001" },
      { "sec-fetch-site": "none" },
      { origin: "http://studio.example:3001", host: "studio.example:3000" },
      { origin: "null", host: "studio.example:3000" },
      {},
    ];
    for (const headers of refused) expect(check(headers)).toThrow("came from another site");
  });

  it("is not asked for where nothing changes or a token speaks", () => {
    expect(check({ "sec-fetch-site": "cross-site" }, "GET")).not.toThrow();
    expect(check({}, "POST", { ...person, via: "token" })).not.toThrow();
    expect(check({}, "POST", null)).not.toThrow();
  });
});
