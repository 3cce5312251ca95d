"use client";

import { Ellipsis, KeyRound, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Page } from "#components/shell/page.tsx";
import { UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { plural } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pill } from "#components/ui/pill.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { flag, oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api } from "#lib/api/client.ts";
import { healthOf } from "#lib/endpoints/model.ts";
import { sampleLanguages } from "./code-samples.ts";
import { DeployDialog } from "./deploy-dialog.tsx";
import { EndpointBand } from "./endpoint-band.tsx";
import { EndpointCode } from "./endpoint-code.tsx";
import { EndpointLogs } from "./endpoint-logs.tsx";
import { EndpointOverview } from "./endpoint-overview.tsx";
import { EndpointTest } from "./endpoint-test.tsx";
import { healthWords } from "./health-words.ts";
import { KeysDialog } from "./keys-dialog.tsx";
import { looksOf } from "./traffic-split.ts";
import { useEndpoint } from "./use-endpoint.ts";

const tabKeys = ["overview", "test", "code", "logs"] as const;
const view = {
  tab: oneOf(tabKeys, "overview"),
  deployment: text(),
  language: oneOf(sampleLanguages, "curl"),
  keys: flag(),
  add: flag(),
};

export interface EndpointPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

export function EndpointPage({ workspace, name, mayChange }: EndpointPageProps) {
  const [{ tab, deployment, language, keys, add }, setView] = useUrlState(view);
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const { data, error, refetch } = useEndpoint(workspace, name);
  const names = data?.deployments.map((item) => item.name).join("\n") ?? "";
  const looks = useMemo(() => looksOf(names.split("\n")), [names]);
  const crumbs = [{ label: "Endpoints", href: `/${workspace}/endpoints` }, { label: name }];
  if (!data) {
    return <UnloadedPage {...{ crumbs, name, error }} noun="endpoint" onRetry={() => void refetch()} />;
  }

  const here = `/${workspace}/endpoints/${encodeURIComponent(name)}`;
  const tabHref = (key: string) => (key === "overview" ? here : `${here}?tab=${key}`);
  const { kind, word } = healthWords[healthOf(data)];
  const gone = data.provisioningState === "Deleting";
  const address = data.scoringUri.replace(/\/score$/, "");
  const verbs =
    mayChange && !gone ? (
      <>
        <Button icon={<KeyRound size={16} />} onClick={() => setView({ keys: true })}>
          Keys
        </Button>
        <Button icon={<Plus size={16} />} onClick={() => setView({ add: true })}>
          Add deployment
        </Button>
      </>
    ) : null;

  return (
    <Page crumbs={crumbs} body={tab === "logs" ? "fixed" : "scroll"}>
      <PageHeader
        title={name}
        status={<Pill kind={kind}>{word}</Pill>}
        marks={<IdChip text={address} label="address" className="max-w-full" />}
        verbs={
          verbs ? (
            <>
              {verbs}
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  {
                    label: "Delete endpoint",
                    icon: <Trash2 size={16} />,
                    danger: true,
                    onSelect: () => setDeleting(true),
                  },
                ]}
              />
            </>
          ) : undefined
        }
      />
      <EndpointBand workspace={workspace} endpoint={data} looks={looks} mayChange={mayChange && !gone} />
      <Tabs
        label="Parts of the endpoint"
        className="px-4 sm:px-6"
        current={tab}
        items={[
          { key: "overview", label: "Overview", href: tabHref("overview"), count: data.deployments.length },
          { key: "test", label: "Test", href: tabHref("test") },
          { key: "code", label: "Use in code", href: tabHref("code") },
          { key: "logs", label: "Logs", href: tabHref("logs") },
        ]}
      />
      {tab === "test" ? (
        <EndpointTest workspace={workspace} endpoint={data} looks={looks} mayChange={mayChange} />
      ) : tab === "code" ? (
        <EndpointCode
          workspace={workspace}
          endpoint={data}
          language={language}
          onLanguage={(next) => setView({ language: next })}
          mayChange={mayChange}
        />
      ) : tab === "logs" ? (
        <EndpointLogs
          workspace={workspace}
          endpoint={name}
          deployments={data.deployments}
          chosen={deployment}
          onChoose={(next) => setView({ deployment: next })}
        />
      ) : (
        <EndpointOverview workspace={workspace} endpoint={data} mayChange={mayChange && !gone} />
      )}
      {verbs ? <VerbBar>{verbs}</VerbBar> : null}
      {keys && mayChange ? (
        <KeysDialog
          workspace={workspace}
          endpoint={name}
          open
          onOpenChange={(open) => open || setView({ keys: false })}
        />
      ) : null}
      {add && mayChange ? (
        <DeployDialog
          workspace={workspace}
          endpoint={name}
          open
          onOpenChange={(open) => open || setView({ add: false })}
        />
      ) : null}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the endpoint ${name}?`}
        effect={`Its address stops at once, its two keys are forgotten, and ${plural(data.deployments.length, "deployment")} will end. This cannot be undone.`}
        confirmLabel="Delete endpoint"
        busyLabel="Deleting"
        typedName={name}
        onConfirm={async () => {
          await api.endpoints.delete({ workspace, endpoint: name });
          navigate.push(`/${workspace}/endpoints`);
        }}
      />
    </Page>
  );
}
