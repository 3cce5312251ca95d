import type { ReactNode } from "react";

export interface NavItem {
  label: string;
  href: string;
  icon: ReactNode;
  /** At the right of the row: "3" running. */
  badge?: ReactNode;
  /** The letter after G that goes there. */
  goKey?: string | undefined;
  /** Current only on exactly this address; for the home page. */
  exact?: boolean | undefined;
}

export interface NavGroup {
  label?: string | undefined;
  items: readonly NavItem[];
}

/** The item whose address the page is, or is under; the longest wins. */
export function findCurrentItem(groups: readonly NavGroup[], pathname: string): NavItem | undefined {
  return groups
    .flatMap((group) => group.items)
    .filter((item) => pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`)))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
