/** Where a value stands in a document: keys and list indexes from the root. */
export type SpecPath = (string | number)[];

/** `jobs.train.inputs[0].x`, the form people read in errors. */
export function formatPath(path: SpecPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** Reads `a.b[0].c`; undefined when it is no such path. */
export function parsePath(text: string): SpecPath | undefined {
  const path: SpecPath = [];
  for (const part of text.split(".")) {
    const match = /^([^[\]]*)((?:\[\d+\])*)$/.exec(part);
    const [, key = "", indexes = ""] = match ?? [];
    if (!match || (key === "" && (path.length === 0 || indexes === ""))) return undefined;
    if (key !== "") path.push(key);
    for (const index of indexes.matchAll(/\[(\d+)\]/g)) path.push(Number(index[1]));
  }
  return path;
}

/** The value at a path, or undefined where a step is missing. */
export function findAt(root: unknown, path: SpecPath): unknown {
  let value = root;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === "number" ? value[step] : undefined;
    else if (isMapping(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}

/** A copy of `root` with the value at `path` replaced. Every step but the last must exist. */
export function replaceAt<T>(root: T, path: SpecPath, value: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return value as T;
  if (Array.isArray(root)) {
    return root.map((item, index) => (index === step ? replaceAt(item, rest, value) : item)) as T;
  }
  if (!isMapping(root)) throw new Error(`there is no ${formatPath(path)} to replace`);
  return { ...root, [step]: replaceAt(root[step], rest, value) } as T;
}

/** A copy of `root` without the key at `path`. */
export function removeAt<T>(root: T, path: SpecPath): T {
  const [step, ...rest] = path;
  if (step === undefined || !isMapping(root)) return root;
  const { [step]: held, ...others } = root;
  return (rest.length === 0 ? others : { ...root, [step]: removeAt(held, rest) }) as T;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
