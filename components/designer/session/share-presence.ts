import { personHue } from "#components/ui/avatar.tsx";
import type { Point } from "#lib/designer/document/types.ts";
import type { Other } from "./others.ts";
import type { PresenceSender } from "./presence.ts";
import type { Store } from "./store.ts";

/** Whose states came, changed or went. */
interface Change {
  added: readonly number[];
  updated: readonly number[];
  removed: readonly number[];
}

/** What y-protocols' Awareness offers, as far as it is used here. */
interface Awareness {
  clientID: number;
  getStates(): Map<number, Record<string, unknown>>;
  setLocalStateField(field: string, value: unknown): void;
  on(event: "change", listener: (change: Change) => void): void;
  off(event: "change", listener: (change: Change) => void): void;
}

const sendEveryMs = 40;

function readPoint(value: unknown): Point | null {
  if (typeof value !== "object" || value === null) return null;
  const { x, y } = value as Partial<Point>;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

function readOther(client: number, state: Record<string, unknown>): Other | null {
  const person = state.user as { id?: unknown; name?: unknown } | undefined;
  if (typeof person?.id !== "string" || typeof person.name !== "string") return null;
  const { canvas } = state as { canvas?: { cursor?: unknown; selection?: unknown; dragging?: unknown } };
  const dragging = typeof canvas?.dragging === "object" && canvas.dragging !== null ? canvas.dragging : {};
  return {
    client,
    id: person.id,
    name: person.name,
    hue: personHue(person.id) + 1,
    cursor: readPoint(canvas?.cursor),
    selection: Array.isArray(canvas?.selection)
      ? canvas.selection.filter((id) => typeof id === "string")
      : [],
    dragging: Object.fromEntries(
      Object.entries(dragging).flatMap(([id, at]) => {
        const point = readPoint(at);
        return point ? [[id, point]] : [];
      }),
    ),
  };
}

/** Tells the others where this page's pointer and selection are, and keeps theirs in the store. */
export function sharePresence(
  awareness: Awareness,
  person: { id: string; name: string },
  others: Store<readonly Other[]>,
): { sender: PresenceSender; stop(): void } {
  const own = {
    cursor: null as Point | null,
    selection: [] as readonly string[],
    dragging: {} as Record<string, Point>,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    timer = undefined;
    awareness.setLocalStateField("canvas", { ...own });
  };
  const sendSoon = () => {
    timer ??= setTimeout(send, sendEveryMs);
  };
  const read = () => {
    const all = [...awareness.getStates()].flatMap(([client, state]) =>
      client === awareness.clientID ? [] : (readOther(client, state) ?? []),
    );
    others.set(all);
  };
  // Every move of this page's own pointer is a change as well; nothing shown depends on it.
  const readChange = ({ added, updated, removed }: Change) => {
    if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) read();
  };
  awareness.setLocalStateField("user", person);
  awareness.on("change", readChange);
  read();
  return {
    sender: {
      point(at) {
        own.cursor = at;
        sendSoon();
      },
      drag(positions) {
        own.dragging = positions ? { ...positions } : {};
        sendSoon();
      },
      select(ids) {
        own.selection = ids;
        sendSoon();
      },
    },
    stop() {
      clearTimeout(timer);
      awareness.off("change", readChange);
      others.set([]);
    },
  };
}
