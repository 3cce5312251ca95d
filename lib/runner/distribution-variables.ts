import { isMapping } from "#lib/spec/paths.ts";

const host = "127.0.0.1";
const port = "6105";

/** What a script that was written for several processes finds: it is the first, and the only one. */
export function distributionVariables(distribution: unknown): Record<string, string> {
  switch (isMapping(distribution) ? distribution.type : undefined) {
    case "pytorch":
      return {
        MASTER_ADDR: host,
        MASTER_PORT: port,
        WORLD_SIZE: "1",
        NODE_RANK: "0",
        RANK: "0",
        LOCAL_RANK: "0",
      };
    case "mpi":
      return {
        OMPI_COMM_WORLD_SIZE: "1",
        OMPI_COMM_WORLD_RANK: "0",
        OMPI_COMM_WORLD_LOCAL_SIZE: "1",
        OMPI_COMM_WORLD_LOCAL_RANK: "0",
      };
    case "tensorflow":
      return {
        TF_CONFIG: JSON.stringify({
          cluster: { worker: [`${host}:${port}`] },
          task: { type: "worker", index: 0 },
        }),
      };
    default:
      return {};
  }
}
