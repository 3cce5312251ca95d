"use client";

import { Archive, ArchiveRestore, Download, Ellipsis, Plus, RadioTower } from "lucide-react";
import { useState } from "react";
import { Page } from "#components/shell/page.tsx";
import { MissingVersion, UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { formatBytes } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Link } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api } from "#lib/api/client.ts";
import { ModelFiles } from "./model-files.tsx";
import { ModelOverview } from "./model-overview.tsx";
import { ModelVersions } from "./model-versions.tsx";
import { modelTypeWord } from "./model-words.ts";
import { RegisterDialog } from "./register-dialog.tsx";
import { useModel } from "./use-model.ts";

const tabKeys = ["overview", "versions", "files"] as const;
const view = { tab: oneOf(tabKeys, "overview"), version: text() };

export interface ModelPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

export function ModelPage({ workspace, name, mayChange }: ModelPageProps) {
  const [{ tab, version: wanted }, setView] = useUrlState(view);
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const { data, error, refetch } = useModel(workspace, name);
  const crumbs = [{ label: "Models", href: `/${workspace}/models` }, { label: name }];
  const newest = data?.versions[0];
  const version = wanted ? data?.versions.find((each) => each.version === wanted) : newest;

  if (!data || !version) {
    return (
      <UnloadedPage {...{ crumbs, name, error }} noun="model" onRetry={() => void refetch()}>
        {data ? (
          <MissingVersion name={name} wanted={wanted} onNewest={() => setView({ version: "" })} />
        ) : undefined}
      </UnloadedPage>
    );
  }

  const here = `/${workspace}/models/${encodeURIComponent(name)}`;
  const tabHref = (key: string) => {
    const query = new URLSearchParams();
    if (key !== "overview") query.set("tab", key);
    if (wanted) query.set("version", wanted);
    return query.size ? `${here}?${query}` : here;
  };
  const setArchived = async (archived: boolean) => {
    await api.models.update({ workspace, name, archived });
    toast({
      title: archived ? `${name} archived` : `${name} is back`,
      ...(archived ? { undo: () => void setArchived(false) } : {}),
    });
  };
  const deploy =
    mayChange && version.type === "mlflow_model" ? (
      <ButtonLink
        variant="primary"
        icon={<RadioTower size={16} />}
        href={`/${workspace}/endpoints?${new URLSearchParams({ deploy: `${name}:${version.version}` })}`}
      >
        Deploy
      </ButtonLink>
    ) : null;
  const files = `/api/v1/workspaces/${workspace}/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version.version)}`;
  return (
    <Page crumbs={crumbs}>
      <PageHeader
        title={name}
        marks={
          <>
            <Select
              aria-label="Version"
              variant="button"
              options={data.versions.map((each) => ({
                value: each.version,
                label: `v${each.version}`,
                hint: [each === newest ? "latest" : "", ...each.labels].filter(Boolean).join(", "),
              }))}
              value={version.version}
              onValueChange={(value) =>
                setView({ version: value === newest?.version ? "" : value }, { push: true })
              }
            />
            {version.labels.map((label) => (
              <Tag key={label} tone="accent">
                {label}
              </Tag>
            ))}
            <Tag>{modelTypeWord(version.type)}</Tag>
            {version.stage === "None" ? null : <Tag tone="outline">{version.stage}</Tag>}
            {data.archived ? <Tag tone="warning">archived</Tag> : null}
          </>
        }
        verbs={
          <>
            <ButtonLink icon={<Download size={16} />} href={`${files}/zip`}>
              Download
            </ButtonLink>
            {deploy}
            {mayChange ? (
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  { label: "New version", icon: <Plus size={16} />, onSelect: () => setAdding(true) },
                  data.archived
                    ? {
                        label: "Bring back",
                        icon: <ArchiveRestore size={16} />,
                        onSelect: () => void setArchived(false),
                      }
                    : {
                        label: "Archive",
                        icon: <Archive size={16} />,
                        onSelect: () => void setArchived(true),
                      },
                ]}
              />
            ) : null}
          </>
        }
        facts={
          <>
            <span>
              {version.createdBy ?? "The studio"} registered it <RelativeTime at={version.createdAt} />
            </span>
            {version.sizeBytes === null ? null : <span>{formatBytes(version.sizeBytes)}</span>}
            {version.run ? (
              <span>
                from{" "}
                <Link className="link" href={`/${workspace}/runs/${version.run.name}`}>
                  {version.run.displayName}
                </Link>
              </span>
            ) : null}
          </>
        }
        tabs={
          <Tabs
            label="Parts of the model"
            current={tab}
            items={[
              { key: "overview", label: "Overview", href: tabHref("overview") },
              { key: "versions", label: "Versions", href: tabHref("versions"), count: data.versions.length },
              { key: "files", label: "Files", href: tabHref("files") },
            ]}
          />
        }
      />
      {tab === "versions" ? (
        <ModelVersions workspace={workspace} model={data} />
      ) : tab === "files" ? (
        <ModelFiles workspace={workspace} name={name} version={version.version} base={files} />
      ) : (
        <ModelOverview workspace={workspace} model={data} version={version} mayChange={mayChange} />
      )}
      {mayChange ? <VerbBar>{deploy}</VerbBar> : null}
      {adding ? <RegisterDialog workspace={workspace} name={name} onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
