import { isMapping } from "./paths.ts";

/**
 * A number or boolean whose text in the file says more than its value: `1.10`, `1e-4`, `yes`. Fields that keep text
 * take the text, the others the value.
 */
export class Written {
  readonly value: number | boolean;
  readonly text: string;

  constructor(value: number | boolean, text: string) {
    this.value = value;
    this.text = text;
  }
}

/** The value as written when its own text would lose something, else the bare value. */
export function keepText(value: number | boolean, text: string): Written | number | boolean {
  return String(value) === text ? value : new Written(value, text);
}

/** The same value without any `Written` in it. */
export function plain(value: unknown): unknown {
  if (value instanceof Written) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  if (isMapping(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}

/** The text of a scalar as it stands in the file; undefined for a mapping, a list or nothing. */
export function findScalarText(value: unknown): string | undefined {
  if (value instanceof Written) return value.text;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}
