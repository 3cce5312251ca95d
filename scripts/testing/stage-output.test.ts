import { expect, it } from "vitest";
import { createOrderedOutput } from "./stage-output.ts";

it("prints the first as it comes, the others whole when it is their turn", () => {
  const printed: string[] = [];
  const ordered = createOrderedOutput((chunk) => printed.push(String(chunk)));
  const [first, second, third] = [ordered.open(), ordered.open(), ordered.open()];
  third.write("3a ");
  second.write("2a ");
  first.write("1a ");
  expect(printed.join("")).toBe("1a ");
  first.write("1b ");
  expect(printed.join("")).toBe("1a 1b ");
  ordered.close(third);
  expect(printed.join("")).toBe("1a 1b ");
  ordered.close(first);
  expect(printed.join("")).toBe("1a 1b 2a ");
  second.write("2b ");
  expect(printed.join("")).toBe("1a 1b 2a 2b ");
  ordered.close(second);
  expect(printed.join("")).toBe("1a 1b 2a 2b 3a ");
});
