import type { Services } from "./services.ts";

/**
 * What a process has once for each set of its services: the studio's processes have one set, tests have several. Kept on
 * `globalThis`, since Next loads its own copy of every module; `name` tells one kind from the other there.
 */
export function perServices<Needs extends Pick<Services, "db">, Made>(
  name: string,
  make: (services: Needs) => Made,
): (services: Needs) => Made {
  const key = Symbol.for(`atelier.${name}`);
  return (services) => {
    const holder = globalThis as { [key]?: WeakMap<object, Made> };
    holder[key] ??= new WeakMap();
    const made = holder[key].get(services.db) ?? make(services);
    holder[key].set(services.db, made);
    return made;
  };
}
