"use client";

import { useSyncExternalStore } from "react";
import type { GraphDocument } from "#lib/designer/document/types.ts";
import { useDesigner } from "./designer.ts";

/** The document as it is now. Parts that did not change are the same objects. */
export function useGraph(): GraphDocument {
  const { document } = useDesigner();
  return useSyncExternalStore(document.subscribe, document.getGraphDocument, document.getGraphDocument);
}
