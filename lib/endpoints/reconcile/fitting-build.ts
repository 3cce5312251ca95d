import { and, desc, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { environmentBuilds } from "#db/schema/index.ts";
import type { ComputeProvider } from "#lib/compute/port.ts";

/** `scikit-learn==1.5.2 ; python_version >= "3.9"` → `scikit-learn` and `1.5.2`; null for anything but an exact version. */
export function readPin(line: string): { name: string; version: string } | null {
  const match = /^([A-Za-z0-9][\w.-]*)(?:\[[\w,\s-]*\])?\s*==\s*([\w.!+]+)\s*(?:;.*)?(?:\s--hash.*)?$/.exec(
    line.trim(),
  );
  if (!match?.[1] || !match[2]) return null;
  return { name: match[1].toLowerCase().replace(/[-_.]+/g, "-"), version: match[2] };
}

/** Whether a lock has exactly what a model asks for. A requirement without an exact version is never taken as given. */
export function lockFits(lock: string, requirements: readonly string[]): boolean {
  const locked = new Map(
    lock.split("\n").flatMap((line) => {
      const pin = readPin(line);
      return pin ? [[pin.name, pin.version] as const] : [];
    }),
  );
  return requirements.every((line) => {
    const pin = readPin(line);
    return pin !== null && locked.get(pin.name) === pin.version;
  });
}

/**
 * An image that was built already and has every version that the model asks for, such as that of the run which trained
 * it: then there is nothing to build.
 */
export async function findFittingImage(
  db: Queryable,
  provider: ComputeProvider,
  model: { requirements: string[]; python: string },
): Promise<string | null> {
  if (!provider.images) return null;
  const rows = await db
    .select({ reference: environmentBuilds.reference, lock: environmentBuilds.lock })
    .from(environmentBuilds)
    .where(and(eq(environmentBuilds.kind, "image"), eq(environmentBuilds.status, "ready")))
    .orderBy(desc(environmentBuilds.finishedAt))
    .limit(200);
  for (const { reference, lock } of rows) {
    const python = /^# python (\S+)$/m.exec(lock)?.[1];
    if (!reference || python !== model.python || !lockFits(lock, model.requirements)) continue;
    const image = await provider.images.resolve(reference).catch(() => null);
    if (image) return image.id;
  }
  return null;
}
