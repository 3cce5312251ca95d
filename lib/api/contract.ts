import { filesContract } from "#lib/files/contract.ts";
import { studioContract } from "#lib/studio/contract.ts";

/** Every operation of the API. A domain adds one line. */
export const apiContract = {
  files: filesContract,
  studio: studioContract,
};
