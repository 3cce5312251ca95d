import { computesContract } from "#lib/computes/contract.ts";
import { environmentsContract } from "#lib/environments/contract.ts";
import { filesContract } from "#lib/files/contract.ts";
import { runsContract } from "#lib/runs/contract.ts";
import { studioContract } from "#lib/studio/contract.ts";

/** Every operation of the API. A domain adds one line. */
export const apiContract = {
  computes: computesContract,
  environments: environmentsContract,
  files: filesContract,
  runs: runsContract,
  studio: studioContract,
};
