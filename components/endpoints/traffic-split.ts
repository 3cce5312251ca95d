import type { Traffic } from "#lib/endpoints/model.ts";

/** A split over deployments in a fixed order. */
export interface Share {
  name: string;
  percent: number;
}

/** The shares of the given deployments; those that the split does not name take none. */
export function sharesOf(names: readonly string[], traffic: Traffic): Share[] {
  return names.map((name) => ({ name, percent: traffic[name] ?? 0 }));
}

export function trafficOf(shares: readonly Share[]): Traffic {
  return Object.fromEntries(shares.map(({ name, percent }) => [name, percent]));
}

/** Where the border after share `index` lies, in percent from the left. */
export function borderAt(shares: readonly Share[], index: number): number {
  return shares.slice(0, index + 1).reduce((sum, { percent }) => sum + percent, 0);
}

/** Moves the border after share `index`; it stays between its neighbours, so only the two beside it change. */
export function moveBorder(shares: readonly Share[], index: number, to: number): Share[] {
  const left = index === 0 ? 0 : borderAt(shares, index - 1);
  const right = index + 1 >= shares.length - 1 ? 100 : borderAt(shares, index + 1);
  const at = Math.min(right, Math.max(left, Math.round(to)));
  return shares.map((share, i) => {
    if (i === index) return { ...share, percent: at - left };
    if (i === index + 1) return { ...share, percent: right - at };
    return share;
  });
}

/** Everything to one deployment. */
export function giveAll(shares: readonly Share[], name: string): Share[] {
  return shares.map((share) => ({ ...share, percent: share.name === name ? 100 : 0 }));
}

export function isSameSplit(a: readonly Share[], b: readonly Share[]): boolean {
  return (
    a.length === b.length &&
    a.every((share, i) => share.percent === b[i]?.percent && share.name === b[i]?.name)
  );
}

/** "80 / 20": a split in a few characters. */
export function splitWords(shares: readonly Share[]): string {
  return shares.map(({ percent }) => percent).join(" / ");
}

const looksByName: Record<string, number> = { green: 0, blue: 2 };
const otherLooks = [1, 3, 4, 5];

/** The look of each deployment on the whole page: blue is blue and green is green, the others follow in order. */
export function looksOf(names: readonly string[]): Map<string, number> {
  let next = 0;
  return new Map(
    names.map((name) => [name, looksByName[name] ?? otherLooks[next++ % otherLooks.length] ?? 1]),
  );
}

/** A name for one more deployment: the first of the usual colours that is free. */
export function nextDeploymentName(taken: readonly string[]): string {
  const free = ["blue", "green", "amber", "violet"].find((name) => !taken.includes(name));
  return free ?? `deployment-${taken.length + 1}`;
}
