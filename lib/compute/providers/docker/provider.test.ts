import { describeComputeContract } from "#lib/compute/contract-suite.ts";
import { DockerProvider } from "./provider.ts";

const image = process.env.ATELIER_BASE_IMAGE || "python:3.11-slim";

describeComputeContract("docker", {
  connect: () => new DockerProvider(),
  environment: { kind: "image", image },
});
