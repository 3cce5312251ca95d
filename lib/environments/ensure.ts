import { and, eq, sql } from "drizzle-orm";
import { environmentBuilds } from "#db/schema/index.ts";
import type { ComputeProvider, LaunchSpec } from "#lib/compute/port.ts";
import { isAppError, messageOf } from "#lib/core/errors.ts";
import type { Services } from "#lib/services/services.ts";
import type { EnvironmentDefinition } from "./build/definition.ts";
import { defaultPython } from "./build/definition.ts";
import { resolveEnvironment } from "./build/resolve.ts";
import { definitionDigest } from "./digest.ts";

export interface EnsureOptions {
  provider: ComputeProvider;
  onLine?: ((line: string) => void | Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

export interface EnsuredEnvironment {
  environment: LaunchSpec["environment"];
  /** It was there: nothing was resolved or built. */
  cached: boolean;
}

const maxLogBytes = 512 * 1024;
const saveEveryMs = 1000;

/**
 * Makes an environment ready to run at a provider. The exact versions of the first time are kept per definition and used
 * again, so the same definition gives the same packages. Its log grows in `environment_builds` while it is built.
 */
export async function ensureEnvironment(
  services: Services,
  definition: EnvironmentDefinition,
  options: EnsureOptions,
): Promise<EnsuredEnvironment> {
  const { provider, onLine, signal } = options;
  const common = {
    provider,
    home: services.env.home,
    baseImage: services.env.ATELIER_BASE_IMAGE,
    ...(signal ? { signal } : {}),
  };
  if (definition.kind === "image") {
    const { environment } = await resolveEnvironment(definition, { ...common, onLine });
    return { environment, cached: true };
  }
  const build = new BuildRecord(services, definitionDigest(definition), provider.images ? "image" : "venv");
  const known = await build.read();
  const lock = known?.lock
    ? { text: known.lock.replace(pythonLine, ""), python: pythonOf(known.lock) }
    : undefined;
  let built = false;
  try {
    const resolved = await resolveEnvironment(definition, {
      ...common,
      ...(lock ? { lock } : {}),
      onLine: async (line) => {
        if (!built) await build.start();
        built = true;
        await build.line(line);
        await onLine?.(line);
      },
    });
    const { environment } = resolved;
    const reference = environment.kind === "image" ? environment.image : environment.path;
    const text = resolved.lock ? `# python ${resolved.lock.python}\n${resolved.lock.text}` : "";
    if (built || known?.reference !== reference || known.status !== "ready") {
      await build.finish({ status: "ready", reference, lock: text, error: null });
    }
    return { environment, cached: !built };
  } catch (error) {
    // A stop is no failure of the build: the next try goes on where the caches are.
    if (!signal?.aborted) {
      if (!built) await build.start();
      const message = isAppError(error) ? error.userMessage : messageOf(error);
      await build.line(message);
      await build.finish({ status: "failed", error: message });
    }
    throw error;
  }
}

/** The first line of a lock as it is kept; no part of the lock, whose digest it would change. */
const pythonLine = /^# python (\S+)\n/;

function pythonOf(lock: string): string {
  return pythonLine.exec(lock)?.[1] ?? defaultPython;
}

/** One row of `environment_builds`. */
class BuildRecord {
  readonly #services: Services;
  readonly #digest: string;
  readonly #kind: "image" | "venv";
  #log = "";
  #savedAt = 0;

  constructor(services: Services, digest: string, kind: "image" | "venv") {
    this.#services = services;
    this.#digest = digest;
    this.#kind = kind;
  }

  get #where() {
    return and(eq(environmentBuilds.digest, this.#digest), eq(environmentBuilds.kind, this.#kind));
  }

  async read() {
    const [row] = await this.#services.db.select().from(environmentBuilds).where(this.#where);
    return row ?? null;
  }

  async start(): Promise<void> {
    const fresh = { status: "building" as const, log: "", error: null, finishedAt: null };
    await this.#services.db
      .insert(environmentBuilds)
      .values({ digest: this.#digest, kind: this.#kind, ...fresh })
      .onConflictDoUpdate({
        target: [environmentBuilds.digest, environmentBuilds.kind],
        set: { ...fresh, createdAt: sql`now()` },
      });
  }

  async line(text: string): Promise<void> {
    if (this.#log.length < maxLogBytes) this.#log += `${text}\n`;
    if (Date.now() - this.#savedAt < saveEveryMs) return;
    this.#savedAt = Date.now();
    await this.#services.db.update(environmentBuilds).set({ log: this.#log }).where(this.#where);
  }

  async finish(result: {
    status: "ready" | "failed";
    reference?: string;
    lock?: string;
    error: string | null;
  }): Promise<void> {
    const set = { ...result, finishedAt: new Date(), ...(this.#log === "" ? {} : { log: this.#log }) };
    await this.#services.db
      .insert(environmentBuilds)
      .values({ digest: this.#digest, kind: this.#kind, ...set })
      .onConflictDoUpdate({ target: [environmentBuilds.digest, environmentBuilds.kind], set });
  }
}
