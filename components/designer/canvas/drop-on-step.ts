import { listTargets, type PortAddress } from "../model/connect.ts";
import { connectPorts } from "../session/acts.ts";
import type { Designer } from "../session/designer.ts";
import { patch, type Store } from "../session/store.ts";
import type { Panels } from "../session/use-panels.ts";

/** A line that was let go over a step and not at a port: it takes the one place where it fits, or asks for which. */
export function dropOnStep(designer: Designer, panels: Store<Panels>, from: PortAddress, id: string): void {
  const fits = listTargets(designer.model.get(), from).filter(({ node }) => node === id);
  const free = fits.filter(({ taken }) => !taken);
  const only = free.length === 1 ? free[0] : fits.length === 1 ? fits[0] : undefined;
  if (only) connectPorts(designer, from, only);
  else if (fits.length > 0) patch(panels, { connect: { node: from.node, from, to: id } });
}
