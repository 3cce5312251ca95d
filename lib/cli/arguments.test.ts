import { describe, expect, it } from "vitest";
import { expandArguments } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import { createProgram } from "./program.ts";

const expand = (line: string) => expandArguments(createProgram(), line.split(" ")).join(" ");

describe("expandArguments", () => {
  it("writes an unambiguous beginning of a flag out in full", () => {
    expect(expand("online-deployment show --nam blue --endpoint bank --out tsv")).toBe(
      "online-deployment show --name blue --endpoint-name bank --output tsv",
    );
    expect(expand("online-endpoint invoke -n bank --request=x.json --deployment blue")).toBe(
      "online-endpoint invoke -n bank --request-file=x.json --deployment-name blue",
    );
    expect(expand("job create --fil job.yml --stre")).toBe("job create --file job.yml --stream");
  });

  it("leaves the word “ml” out, and everything that it does not know", () => {
    expect(expand("ml job list --max 3")).toBe("job list --max-results 3");
    expect(expand("job list --colour red")).toBe("job list --colour red");
    expect(expand("job --hel")).toBe("job --help");
  });

  it("takes an exact flag although others begin with it", () => {
    expect(expand("job download -n x --output tsv --output-name model")).toBe(
      "job download -n x --output tsv --output-name model",
    );
  });

  it("refuses a beginning of several, naming them", () => {
    expect(() => expand("job download -n x --out y")).toThrow(UsageError);
    expect(() => expand("job download -n x --out y")).toThrow("--out could be --output or --output-name.");
  });

  it("leaves what stands after -- as it is", () => {
    expect(expand("job list -- --max")).toBe("job list -- --max");
  });
});
