export function findMissing(lock: {
  packages: Record<string, unknown>;
}): { name: string; version: string; dev: boolean }[];
