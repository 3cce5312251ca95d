"use client";

import { Ellipsis, KeyRound, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { sampleLanguages } from "#components/endpoints/code-samples.ts";
import { PipelineRunsTab } from "#components/pipelines/pipeline-runs-tab.tsx";
import { Page } from "#components/shell/page.tsx";
import { UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { plural } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { flag, oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api } from "#lib/api/client.ts";
import { endpointTag } from "#lib/pipeline-endpoints/model.ts";
import { PipelineEndpointCode } from "./pipeline-endpoint-code.tsx";
import { PipelineEndpointOverview } from "./pipeline-endpoint-overview.tsx";
import { PipelineKeysDialog } from "./pipeline-keys-dialog.tsx";
import { SubmitForm } from "./submit-form.tsx";
import { pipelineEndpointHref, usePipelineEndpoint } from "./use-pipeline-endpoint.ts";

const view = {
  tab: oneOf(["overview", "submit", "runs", "code"], "overview"),
  language: oneOf(sampleLanguages, "curl"),
  keys: flag(),
};

export interface PipelineEndpointPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

/** A published pipeline: its versions, how programs start it, and its runs. */
export function PipelineEndpointPage({ workspace, name, mayChange }: PipelineEndpointPageProps) {
  const [{ tab, language, keys }, setView] = useUrlState(view);
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const { data, error, refetch } = usePipelineEndpoint(workspace, name);
  const list = `/${workspace}/designer?tab=endpoints`;
  const crumbs = [
    { label: "Designer", href: `/${workspace}/designer` },
    { label: "Endpoints", href: list },
    { label: name },
  ];
  if (!data) {
    return <UnloadedPage {...{ crumbs, name, error }} noun="pipeline" onRetry={() => void refetch()} />;
  }
  const here = pipelineEndpointHref(workspace, name);
  const tabHref = (key: string) => (key === "overview" ? here : `${here}?tab=${key}`);
  const verbs = mayChange ? (
    <>
      <Button icon={<KeyRound size={16} />} onClick={() => setView({ keys: true })}>
        Keys
      </Button>
      {tab === "submit" ? null : (
        <ButtonLink variant="primary" icon={<Play size={16} />} href={tabHref("submit")}>
          Submit
        </ButtonLink>
      )}
    </>
  ) : null;
  return (
    <Page crumbs={crumbs} body={tab === "runs" ? "fixed" : "scroll"}>
      <PageHeader
        title={name}
        marks={<IdChip text={data.url} label="address" className="max-w-full" />}
        verbs={
          verbs ? (
            <>
              {verbs}
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  {
                    label: "Delete pipeline endpoint",
                    icon: <Trash2 size={16} />,
                    danger: true,
                    onSelect: () => setDeleting(true),
                  },
                ]}
              />
            </>
          ) : undefined
        }
        facts={
          <>
            <span>{plural(data.versionCount, "version")}</span>
            <span>v{data.defaultVersion} is the default</span>
            <span>
              {data.createdBy?.name ?? "The studio"}, <RelativeTime at={data.createdAt} />
            </span>
          </>
        }
        tabs={
          <Tabs
            label="Parts of the pipeline endpoint"
            current={tab}
            items={[
              { key: "overview", label: "Overview", href: here },
              { key: "submit", label: "Submit", href: tabHref("submit") },
              { key: "runs", label: "Runs", href: tabHref("runs") },
              { key: "code", label: "Use in code", href: tabHref("code") },
            ]}
          />
        }
      />
      {tab === "submit" ? (
        <SubmitForm key={data.defaultVersion} workspace={workspace} endpoint={data} mayChange={mayChange} />
      ) : tab === "runs" ? (
        <PipelineRunsTab
          workspace={workspace}
          filter={`tags.${endpointTag} = "${name}"`}
          empty="Runs that were started through this endpoint stand here."
        />
      ) : tab === "code" ? (
        <PipelineEndpointCode
          workspace={workspace}
          endpoint={data}
          language={language}
          onLanguage={(next) => setView({ language: next })}
          mayChange={mayChange}
        />
      ) : (
        <PipelineEndpointOverview workspace={workspace} endpoint={data} mayChange={mayChange} />
      )}
      {verbs ? <VerbBar>{verbs}</VerbBar> : null}
      {keys && mayChange ? (
        <PipelineKeysDialog workspace={workspace} endpoint={name} onClose={() => setView({ keys: false })} />
      ) : null}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the pipeline endpoint ${name}?`}
        effect={`Its address stops at once, and its two keys and ${plural(data.versionCount, "version")} are gone. Its runs stay. This cannot be undone.`}
        confirmLabel="Delete pipeline endpoint"
        busyLabel="Deleting"
        typedName={name}
        onConfirm={async () => {
          await api.pipelineEndpoints.delete({ workspace, endpoint: name });
          navigate.push(list);
        }}
      />
    </Page>
  );
}
