/** `Term deposits, real-time inference` → `term-deposits`: what a pipeline's model is called unless told. */
export function modelNameFor(title: string): string {
  const plain = title
    .replace(/,? (real-time|batch) inference( \(copy\))?$/i, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 100) || "pipeline";
}
