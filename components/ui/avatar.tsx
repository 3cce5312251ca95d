import { cn } from "./cn.ts";

export interface Person {
  /** The member's id: it chooses the hue, so keep it the same everywhere. */
  id: string;
  name: string;
  /** Teams and service tokens are square. */
  kind?: "person" | "group" | "service" | undefined;
}

export interface AvatarProps {
  person: Person;
  /** 18 in rows, 22 in the top bar, 28 in lists. */
  size?: number | undefined;
  /** Off where the name stands beside it. */
  labelled?: boolean | undefined;
  className?: string | undefined;
}

const hues = ["bg-person-1", "bg-person-2", "bg-person-3", "bg-person-4"] as const;

/** One of the four hues, 0 to 3, always the same for an id. */
export function personHue(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (hash * 31 + id.charCodeAt(i)) >>> 0;
  return hash % 4;
}

/** Two letters: of the first and last word, or the first two of one word. Of an e-mail address, its name part. */
export function initialsOf(name: string): string {
  const words = (name.split("@")[0] ?? "").split(/[\s._-]+/).filter(Boolean);
  const first = words[0] ?? "?";
  const last = words.at(-1) ?? first;
  return (words.length > 1 ? first.charAt(0) + last.charAt(0) : first.slice(0, 2)).toUpperCase();
}

export function Avatar({ person, size = 22, labelled = true, className }: AvatarProps) {
  const kind = person.kind ?? "person";
  const fill =
    kind === "person" ? hues[personHue(person.id)] : kind === "group" ? "bg-group-1" : "bg-group-2";
  return (
    <span
      {...(labelled
        ? { role: "img", "aria-label": person.name, title: person.name }
        : { "aria-hidden": true })}
      style={{ width: size, height: size, fontSize: Math.max(8, Math.round(size * 0.42)) }}
      className={cn(
        "inline-flex flex-none select-none items-center justify-center font-semibold text-on-person leading-none",
        kind === "person" ? "rounded-full" : "rounded-tag",
        fill,
        className,
      )}
    >
      {initialsOf(person.name)}
    </span>
  );
}

export function AvatarStack({
  people,
  max = 4,
  size = 22,
}: {
  people: Person[];
  max?: number;
  size?: number;
}) {
  const shown = people.slice(0, max);
  const more = people.length - shown.length;
  return (
    <span className="inline-flex items-center gap-0.5">
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={size} />
      ))}
      {more > 0 ? <span className="pl-1 text-caption text-ink-3">+{more}</span> : null}
    </span>
  );
}
