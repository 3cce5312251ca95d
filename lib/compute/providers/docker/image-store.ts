import type { ImageBuildSpec, ImageInfo, ImageStore, Labels, LaunchOptions } from "#lib/compute/port.ts";
import { buildImage } from "./build-image.ts";
import { type EngineClient, statusOf } from "./client.ts";
import { findImageByLabels, resolveImage } from "./images.ts";

export class DockerImageStore implements ImageStore {
  readonly #engine: EngineClient;
  /** Builds of this process that are under way, so that its own callers share one. */
  readonly #building = new Map<string, Promise<ImageInfo>>();

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  find(labels: Labels): Promise<ImageInfo | null> {
    return findImageByLabels(this.#engine, labels);
  }

  resolve(reference: string, options: LaunchOptions = {}): Promise<ImageInfo> {
    return resolveImage(this.#engine, reference, options);
  }

  async build(spec: ImageBuildSpec, options: LaunchOptions = {}): Promise<ImageInfo> {
    const running = this.#building.get(spec.name);
    if (running !== undefined) return running;
    const build = buildImage(this.#engine, spec, options).finally(() => this.#building.delete(spec.name));
    this.#building.set(spec.name, build);
    return build;
  }

  async remove(imageId: string): Promise<void> {
    await this.#engine.call("remove an image", async (abortSignal) => {
      try {
        await this.#engine.docker.getImage(imageId).remove({ force: true, abortSignal } as object);
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    });
  }
}
