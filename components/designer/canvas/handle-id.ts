import type { PortAddress } from "../model/connect.ts";

/** Inputs and outputs of one node share a namespace on the canvas. */
export function handleId(side: "in" | "out", port: string): string {
  return `${side}:${port}`;
}

export function parseHandle(node: string, handle: string): PortAddress {
  const at = handle.indexOf(":");
  return { node, side: handle.slice(0, at) === "in" ? "in" : "out", port: handle.slice(at + 1) };
}
