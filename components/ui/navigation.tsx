"use client";

import { type ComponentType, createContext, type ReactNode, useContext } from "react";

export interface LinkProps extends Omit<React.ComponentPropsWithRef<"a">, "href"> {
  href: string;
  replace?: boolean | undefined;
  scroll?: boolean | undefined;
  prefetch?: boolean | undefined;
}

export interface Navigate {
  push(href: string): void;
  replace(href: string): void;
  back(): void;
  /** Asks the server for this page again. */
  refresh(): void;
}

/** How components move between pages. The app gives its router's; without one, plain links and loads do. */
export interface Navigation {
  Link: ComponentType<LinkProps>;
  useNavigate(): Navigate;
  usePathname(): string;
  useSearch(): URLSearchParams;
}

const browser: Navigate = {
  push: (href) => window.location.assign(href),
  replace: (href) => window.location.replace(href),
  back: () => window.history.back(),
  refresh: () => window.location.reload(),
};

const plain: Navigation = {
  Link: ({ href, replace: _replace, scroll: _scroll, prefetch: _prefetch, children, ...rest }) => (
    <a href={href} {...rest}>
      {children}
    </a>
  ),
  useNavigate: () => browser,
  usePathname: () => (typeof window === "undefined" ? "/" : window.location.pathname),
  useSearch: () => new URLSearchParams(typeof window === "undefined" ? "" : window.location.search),
};

const NavigationContext = createContext<Navigation>(plain);

export function NavigationProvider({ value, children }: { value: Navigation; children: ReactNode }) {
  return <NavigationContext.Provider value={value}>{children}</NavigationContext.Provider>;
}

/** A link without any style of its own. */
export function Link(props: LinkProps) {
  const { Link: RouterLink } = useContext(NavigationContext);
  return <RouterLink {...props} />;
}

export function useNavigate(): Navigate {
  return useContext(NavigationContext).useNavigate();
}

export function usePathname(): string {
  return useContext(NavigationContext).usePathname();
}

export function useSearch(): URLSearchParams {
  return useContext(NavigationContext).useSearch();
}
