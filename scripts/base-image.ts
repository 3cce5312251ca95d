// Builds `atelier-base:bookworm` in the Docker Engine, for a machine without an image registry; set ATELIER_BASE_IMAGE to it.
import { ensureBaseImage } from "./testing/base-image.ts";
import { localEngine } from "./testing/engine-api.ts";

await ensureBaseImage(process.env.DOCKER_HOST ?? localEngine);
