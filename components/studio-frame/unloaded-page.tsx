"use client";

import { Compass } from "lucide-react";
import type { ReactNode } from "react";
import { Page } from "#components/shell/page.tsx";
import { useShell } from "#components/shell/shell-context.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";

export interface UnloadedPageProps {
  /** The list that the thing is in comes first. */
  crumbs: { label: string; href?: string }[];
  /** What the address calls it. */
  name: string;
  /** "run", "dataset". */
  noun: string;
  /** Why it does not come. */
  error?: unknown;
  onRetry: () => void;
  /** It came, but not what of it was asked for. */
  children?: ReactNode;
}

/** The page of a thing that is not there: its shape while it comes, or why it does not and where to go instead. */
export function UnloadedPage({ crumbs, name, noun, error, onRetry, children }: UnloadedPageProps) {
  const isMissing = (error as { code?: unknown } | null | undefined)?.code === "NOT_FOUND";
  const waits = !error && children === undefined;
  return (
    <Page crumbs={crumbs}>
      <PageHeader title={name} {...(waits ? { facts: <Skeleton className="my-0.5 w-72" /> } : {})} />
      {waits ? (
        <Shape />
      ) : (
        <div className="px-4 sm:px-6">
          {isMissing ? (
            <Missing list={crumbs[0]} noun={noun} />
          ) : error ? (
            <ErrorState error={error} onRetry={onRetry} />
          ) : (
            children
          )}
        </div>
      )}
    </Page>
  );
}

function Missing({ list, noun }: { list: UnloadedPageProps["crumbs"][number] | undefined; noun: string }) {
  const { openSearch } = useShell();
  return (
    <EmptyState
      icon={<Compass />}
      title={`No ${noun} has this name here`}
      action={
        <div className="flex gap-2">
          {list?.href ? <ButtonLink href={list.href}>{list.label}</ButtonLink> : null}
          <Button variant="primary" onClick={openSearch}>
            Search
          </Button>
        </div>
      }
    >
      It may have been deleted or renamed, or it is in another workspace.
    </EmptyState>
  );
}

/** The page of a thing that has other versions than the one that its address asks for. */
export function MissingVersion(props: {
  name: string;
  wanted: string;
  /** Shows the newest instead. */
  onNewest: () => void;
}) {
  const { name, wanted, onNewest } = props;
  return (
    <ErrorState
      title={`${name} has no version ${wanted}`}
      actions={
        <Button size="sm" onClick={onNewest}>
          Show the newest
        </Button>
      }
    />
  );
}

/** Tabs, work at the left and facts at the right. */
function Shape() {
  return (
    <>
      <div aria-hidden="true" className="flex h-9 items-center gap-5 border-line border-b px-4 sm:px-6">
        {["w-16", "w-14", "w-12", "w-16"].map((width, index) => (
          <Skeleton key={index} className={width} />
        ))}
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 p-4 sm:px-6">
          <SkeletonRows rows={10} />
        </div>
        <div aria-hidden="true" className="w-78 flex-none border-line border-l px-5 py-4 max-wide:hidden">
          <Skeleton className="mb-4 w-24" />
          {["w-40", "w-32", "w-44", "w-28", "w-36"].map((width, index) => (
            <div key={index} className="flex h-7 items-center gap-6">
              <Skeleton className="w-20" />
              <Skeleton className={width} />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
