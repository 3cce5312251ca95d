import type { Presence } from "./types.ts";

const lookAgainMs = 200;
const looks = 6;

/**
 * Says who a client is, as soon as that is known: after a line was cut, changes come before the presence of who made them.
 * Without a client it is whoever else is there, if that is one person.
 */
export function createWho(presence: Presence | undefined): {
  /** Takes note of who is there now. */
  look(): void;
  tell(client: number | undefined, say: (name: string) => void): void;
} {
  const names = new Map<number, string>();

  function look(): void {
    for (const [client, state] of presence?.getStates() ?? []) {
      const name = (state.user as { name?: unknown } | undefined)?.name;
      if (typeof name === "string") names.set(client, name);
    }
  }

  function nameOf(client: number | undefined): string | undefined {
    if (client !== undefined) return names.get(client);
    const own = presence?.clientID;
    const others = [...(presence?.getStates().keys() ?? [])].filter((each) => each !== own);
    const found = new Set(others.map((each) => names.get(each)));
    return found.size === 1 ? [...found][0] : undefined;
  }

  return {
    look,
    tell(client, say) {
      const attempt = (left: number) => {
        look();
        const name = nameOf(client);
        if (name !== undefined || left === 0 || !presence) say(name ?? "Somebody else");
        else setTimeout(() => attempt(left - 1), lookAgainMs);
      };
      attempt(looks);
    },
  };
}
