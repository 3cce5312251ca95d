"use client";

import { Plus, Upload } from "lucide-react";
import { useState } from "react";
import { UploadDialog } from "#components/datasets/upload-dialog.tsx";
import { AccessRequests } from "#components/people/settings/access-requests.tsx";
import { Page } from "#components/shell/page.tsx";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { useWorkspace } from "#lib/workspaces/hooks.ts";
import { ActivityList } from "./activity-list.tsx";
import { FirstRun } from "./first-run.tsx";
import { HomeData } from "./home-data.tsx";
import { HomeEndpoints } from "./home-endpoints.tsx";
import { HomePeople } from "./home-people.tsx";
import { HomeRuns } from "./home-runs.tsx";
import { HomeSection } from "./home-section.tsx";
import { useHomeDatasets, useHomeEndpoints, useHomeRuns, useLiveHome } from "./use-home.ts";
import { WaysToStart } from "./ways-to-start.tsx";

/** What happens in the workspace now; of one where nothing happened yet, how to start. */
export function HomePage() {
  const { name } = useCurrentWorkspace();
  useLiveHome(name);
  const runs = useHomeRuns(name, "everyone");
  const datasets = useHomeDatasets(name);
  const endpoints = useHomeEndpoints(name);
  const parts = [runs, datasets, endpoints];
  const failed = parts.find(({ error }) => error);
  const isEmpty = parts.every(({ data }) => data?.items.length === 0);
  const known = parts.every(({ data }) => data !== undefined);
  return (
    <Page crumbs={[{ label: "Home" }]}>
      {failed ? (
        <ErrorState
          error={failed.error}
          onRetry={() => {
            for (const part of parts) void part.refetch();
          }}
          className="m-4 sm:m-6"
        />
      ) : isEmpty ? (
        <FirstRun />
      ) : known ? (
        <Overview />
      ) : (
        <div className="p-6">
          <SkeletonRows rows={10} label="Loading the workspace" />
        </div>
      )}
    </Page>
  );
}

function Overview() {
  const { name, displayName, teamName, can } = useCurrentWorkspace();
  const { data } = useWorkspace(name);
  const [adding, setAdding] = useState(false);
  const about = [data?.description.replace(/\.$/, ""), `Owned by ${teamName}`].filter(Boolean).join(". ");
  const verbs = can("contributor") ? (
    <>
      <Button size="lg" icon={<Upload size={14} />} onClick={() => setAdding(true)}>
        Add data
      </Button>
      <ButtonLink size="lg" variant="primary" icon={<Plus size={14} />} href={`/${name}/runs/new`}>
        New run
      </ButtonLink>
    </>
  ) : undefined;
  return (
    <>
      <div className="px-4 py-5 sm:px-6">
        <div className="flex items-start gap-4">
          <div className="min-w-0 flex-1">
            <h1 className="text-page break-words">{displayName}</h1>
            <p className="mt-1 text-body text-ink-2">{about}.</p>
          </div>
          <div className="flex flex-none gap-2 max-sm:hidden">{verbs}</div>
        </div>
        <div className="mt-5 empty:hidden">
          <AccessRequests />
        </div>
        {can("contributor") ? <WaysToStart onUpload={() => setAdding(true)} /> : null}
        <div className="mt-6 grid gap-x-7 gap-y-8 wide:grid-cols-[minmax(0,1fr)_320px]">
          <div className="flex min-w-0 flex-col gap-8">
            <HomeRuns />
            <HomeSection title="Activity">
              <ActivityList workspace={name} limit={8} />
            </HomeSection>
          </div>
          <div className="flex min-w-0 flex-col gap-8">
            <HomeEndpoints />
            <HomeData />
            <HomePeople />
          </div>
        </div>
      </div>
      {verbs === undefined ? null : <VerbBar>{verbs}</VerbBar>}
      <UploadDialog workspace={name} open={adding} onOpenChange={setAdding} />
    </>
  );
}
