import type { ComponentDefinition, PortType } from "#lib/components/model.ts";
import type { Lookup } from "../model/lookup.ts";

export type Dragged =
  | { kind: "component"; definition: ComponentDefinition }
  | { kind: "data"; path: string; type: PortType; title: string };

const componentKind = "application/x-atelier-component";
const dataKind = "application/x-atelier-data";

/** Puts what is dragged out of the palette into the drag, so that the canvas can read it. */
export function writeDragged(transfer: DataTransfer, dragged: Dragged): void {
  transfer.effectAllowed = "copy";
  if (dragged.kind === "component") transfer.setData(componentKind, dragged.definition.ref);
  else
    transfer.setData(
      dataKind,
      JSON.stringify({ path: dragged.path, type: dragged.type, title: dragged.title }),
    );
}

export function readDragged(transfer: DataTransfer, lookup: Lookup): Dragged | null {
  const ref = transfer.getData(componentKind);
  if (ref !== "") {
    const definition = lookup(ref);
    return definition ? { kind: "component", definition } : null;
  }
  const data = transfer.getData(dataKind);
  if (data === "") return null;
  const { path, type, title } = JSON.parse(data) as { path: string; type: PortType; title: string };
  return { kind: "data", path, type, title };
}
