"use client";

import { Plus } from "lucide-react";
import { PipelineEndpointsTab } from "#components/pipeline-endpoints/endpoints-tab.tsx";
import { SchedulesTab } from "#components/schedules/schedules-tab.tsx";
import { Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { DraftsTab } from "./drafts-tab.tsx";
import { PipelineRunsTab } from "./pipeline-runs-tab.tsx";
import { SampleGallery } from "./sample-gallery.tsx";
import { useNewDraft } from "./use-drafts.ts";

const tabKeys = ["drafts", "runs", "endpoints", "schedules", "samples"] as const;
const view = { tab: oneOf(tabKeys, "drafts") };

/** Where pipelines begin: drafts, their runs, what is published or starts by the clock, and samples. */
export function DesignerLanding({ workspace, mayChange }: { workspace: string; mayChange: boolean }) {
  const [{ tab }] = useUrlState(view);
  const start = useNewDraft(workspace);
  const here = `/${workspace}/designer`;
  const create = () => start.isPending || start.mutate({});
  useShortcut(mayChange ? { keys: "n", label: "New pipeline", group: "Designer", run: create } : null);
  const newButton = (
    <Button
      variant="primary"
      icon={<Plus size={16} />}
      busy={start.isPending && start.variables.sample === undefined}
      onClick={create}
    >
      New pipeline
    </Button>
  );
  return (
    <Page crumbs={[{ label: "Designer" }]} body="fixed">
      <PageHeader
        title="Designer"
        verbs={mayChange ? newButton : undefined}
        tabs={
          <Tabs
            label="Parts of the designer"
            current={tab}
            items={[
              { key: "drafts", label: "Drafts", href: here },
              { key: "runs", label: "Runs", href: `${here}?tab=runs` },
              { key: "endpoints", label: "Endpoints", href: `${here}?tab=endpoints` },
              { key: "schedules", label: "Schedules", href: `${here}?tab=schedules` },
              { key: "samples", label: "Samples", href: `${here}?tab=samples` },
            ]}
          />
        }
      />
      {tab === "runs" ? (
        <PipelineRunsTab workspace={workspace} />
      ) : tab === "endpoints" ? (
        <PipelineEndpointsTab workspace={workspace} />
      ) : tab === "schedules" ? (
        <SchedulesTab workspace={workspace} mayChange={mayChange} />
      ) : tab === "samples" ? (
        <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-6">
          <SampleGallery workspace={workspace} mayChange={mayChange} />
        </div>
      ) : (
        <DraftsTab workspace={workspace} mayChange={mayChange} newButton={newButton} />
      )}
      {mayChange ? <VerbBar>{newButton}</VerbBar> : null}
    </Page>
  );
}
