/** `Clean Missing Data` → `clean_missing_data`; something that may name a node in any case. */
export function snakeCase(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (!plain) return "step";
  return /^[0-9]/.test(plain) ? `step_${plain}` : plain;
}

/** The name, or with the first number from 2 that is free. */
export function uniqueName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  for (let number = 2; ; number++) {
    const name = `${stem}_${number}`;
    if (!taken(name)) return name;
  }
}

/** `azureml:bank-marketing@latest` → `bank_marketing`. */
export function nameFromPath(path: string): string {
  const asset = /^azureml:([^:@/]+)/.exec(path)?.[1];
  const last =
    path
      .replace(/[?#].*$/, "")
      .split("/")
      .filter(Boolean)
      .at(-1) ?? "data";
  return snakeCase(asset ?? last.replace(/\.[^.]*$/, ""));
}

const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id for a group or a comment that sorts by the time it was made. */
export function newItemId(now: number): string {
  let text = now.toString(32).padStart(9, "0");
  for (const byte of crypto.getRandomValues(new Uint8Array(6))) text += letters.charAt(byte % 32);
  return text;
}

export const nodeNamePattern = /^[a-z_][a-z0-9_]*$/;
