import type { Fault } from "#lib/pipelines/model.ts";
import type { NodeView } from "./canvas-model.ts";

/** A fault in the words of the step it stands at: its name need not be said, and ports have the names that people see. */
export function describeFault(
  view: NodeView | undefined,
  fault: Pick<Fault, "message" | "port" | "parameter" | "path">,
): string {
  // Faults of single fields begin with what is wrong: “is not a known key.”
  if (/^[a-z]/.test(fault.message)) {
    const field = fault.path.replace(/^jobs\.[^.]+\.?/, "");
    return `${field === "" ? "This" : `“${field}”`} ${fault.message}`;
  }
  if (!view) return fault.message;
  if (view.kind === "step" && /which is not set|needs a value|is not set/.test(fault.message)) {
    const port = view.inputs.find(({ name }) => name === (fault.port ?? fault.parameter));
    if (port) return `${port.displayName} is not connected`;
    const parameter = view.definition?.parameters.find(
      ({ name }) => name === (fault.parameter ?? fault.port),
    );
    if (parameter) return `${parameter.displayName} is not set`;
  }
  const bare = fault.message.startsWith(`“${view.id}” `)
    ? fault.message.slice(view.id.length + 3)
    : fault.message;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
