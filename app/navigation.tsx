"use client";

import NextLink from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { ComponentProps, ReactNode } from "react";
import {
  type LinkProps,
  type Navigate,
  type Navigation,
  NavigationProvider,
} from "#components/ui/navigation.tsx";

/** Next writes its optional properties without `undefined`; the same properties, so only the type differs. */
type PlainProps = ComponentProps<typeof NextLink>;

function RouterLink({ ref, replace = false, scroll = true, prefetch, ...rest }: LinkProps) {
  // Files come from the API: the router would fetch them ahead as if they were pages.
  if (rest.href.startsWith("/api/")) return <a ref={ref} {...rest} />;
  return (
    <NextLink
      ref={ref ?? null}
      replace={replace}
      scroll={scroll}
      prefetch={prefetch ?? null}
      {...(rest as PlainProps)}
    />
  );
}

const navigation: Navigation = {
  Link: RouterLink,
  useNavigate: useRouter as () => Navigate,
  usePathname,
  useSearch: useSearchParams,
};

/** Gives components the router, which they may not import themselves. */
export function RouterNavigation({ children }: { children: ReactNode }) {
  return <NavigationProvider value={navigation}>{children}</NavigationProvider>;
}
