import { expect, test } from "vitest";
import { describeError } from "./describe-error.ts";

test("the API's own sentence is shown, cut after what stopped", () => {
  const error = Object.assign(
    new Error("train.py stopped: no column y. Put it back, or choose another label."),
    {
      code: "UNPROCESSABLE",
      data: { requestId: "01k9" },
    },
  );
  const text = describeError(error);
  expect(text.what).toBe("train.py stopped: no column y.");
  expect(text.why).toBe("Put it back, or choose another label.");
  expect(text.details).toContain("Request 01k9");
});

test("a request that never arrived is told apart from a fault of ours", () => {
  expect(describeError(new TypeError("Failed to fetch")).what).toBe("The studio did not answer.");
  const bug = describeError(new TypeError("x is not a function"));
  expect(bug).toMatchObject({ what: "Something broke on our side.", why: undefined });
  expect(bug.details).toContain("x is not a function");
  const known = describeError(
    Object.assign(new Error("hidden"), { code: "INTERNAL", data: { requestId: "01k9" } }),
  );
  expect(known.why).toBe("Request 01k9.");
});
