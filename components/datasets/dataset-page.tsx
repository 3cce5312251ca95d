"use client";

import { Archive, ArchiveRestore, Download, Ellipsis, Upload } from "lucide-react";
import { useState } from "react";
import { ArchiveDialog } from "#components/draft-uses/archive-dialog.tsx";
import { useGuardedArchive } from "#components/draft-uses/use-draft-uses.ts";
import { Page } from "#components/shell/page.tsx";
import { MissingVersion, UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { formatBytes, plural } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
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
import type { DatasetVersion } from "#lib/datasets/model.ts";
import { DatasetOverview } from "./dataset-overview.tsx";
import { DatasetPreview } from "./dataset-preview.tsx";
import { DatasetProfile } from "./dataset-profile.tsx";
import { DatasetUse } from "./dataset-use.tsx";
import { DatasetVersions } from "./dataset-versions.tsx";
import { UploadDialog } from "./upload-dialog.tsx";
import { useDataset } from "./use-dataset.ts";

const tabKeys = ["overview", "preview", "profile", "versions", "use"] as const;
const view = { tab: oneOf(tabKeys, "overview"), version: text() };

export interface DatasetPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

function fileHref(workspace: string, name: string, version: DatasetVersion): string {
  const part = `${encodeURIComponent(name)}/versions/${encodeURIComponent(version.version)}`;
  return `/api/v1/workspaces/${workspace}/datasets/${part}/file?download=1`;
}

export function DatasetPage({ workspace, name, mayChange }: DatasetPageProps) {
  const [{ tab, version: wanted }, setView] = useUrlState(view);
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const setArchived = async (archived: boolean): Promise<void> => {
    await api.datasets.update({ workspace, name, archived });
    toast({
      title: archived ? `${name} archived` : `${name} is back`,
      ...(archived ? { undo: () => void setArchived(false) } : {}),
    });
  };
  const archiving = useGuardedArchive({ workspace, kind: "dataset", name }, () => setArchived(true));
  const { data, error, refetch } = useDataset(workspace, name);
  const crumbs = [{ label: "Data", href: `/${workspace}/data` }, { label: name }];
  const newest = data?.versions[0];
  const version = wanted ? data?.versions.find((each) => each.version === wanted) : newest;

  if (error || !data || !version) {
    return (
      <UnloadedPage {...{ crumbs, name, error }} noun="dataset" onRetry={() => void refetch()}>
        {data && !version ? (
          <MissingVersion name={name} wanted={wanted} onNewest={() => setView({ version: "" })} />
        ) : undefined}
      </UnloadedPage>
    );
  }

  const here = `/${workspace}/data/${encodeURIComponent(name)}`;
  const tabHref = (key: string) => {
    const query = new URLSearchParams();
    if (key !== "overview") query.set("tab", key);
    if (wanted) query.set("version", wanted);
    return query.size ? `${here}?${query}` : here;
  };
  const isTable = version.columns !== null;
  const tabs = [
    { key: "overview", label: "Overview", href: tabHref("overview") },
    ...(isTable
      ? [
          { key: "preview", label: "Preview", href: tabHref("preview") },
          { key: "profile", label: "Profile", href: tabHref("profile") },
        ]
      : []),
    { key: "versions", label: "Versions", href: tabHref("versions"), count: data.versions.length },
    { key: "use", label: "Use in code", href: tabHref("use") },
  ];
  const addButton = mayChange ? (
    <Button icon={<Upload size={16} />} onClick={() => setAdding(true)}>
      New version
    </Button>
  ) : null;
  const download =
    version.type === "uri_file" && version.sizeBytes !== null ? (
      <ButtonLink href={fileHref(workspace, name, version)} icon={<Download size={16} />}>
        Download
      </ButtonLink>
    ) : null;

  return (
    <Page crumbs={crumbs} body={tab === "preview" || tab === "profile" ? "fixed" : "scroll"}>
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
            <Tag>{isTable ? "Table" : version.type === "uri_file" ? "File" : "Folder"}</Tag>
            {data.archived ? <Tag tone="warning">archived</Tag> : null}
          </>
        }
        verbs={
          <>
            {download}
            {addButton}
            {mayChange ? (
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  data.archived
                    ? {
                        label: "Bring back",
                        icon: <ArchiveRestore size={16} />,
                        onSelect: () => void setArchived(false),
                      }
                    : {
                        label: "Archive",
                        icon: <Archive size={16} />,
                        onSelect: () => void archiving.start(),
                      },
                ]}
              />
            ) : null}
          </>
        }
        facts={
          <>
            {version.rowCount === null ? null : <span>{plural(version.rowCount, "row")}</span>}
            {version.columns === null ? null : <span>{plural(version.columns.length, "column")}</span>}
            {version.sizeBytes === null ? null : (
              <span>
                {formatBytes(version.sizeBytes)}{" "}
                {version.format === "other" ? "" : version.format.toUpperCase()}
              </span>
            )}
            <span>
              {version.createdBy ?? "The studio"}, <RelativeTime at={version.createdAt} />
            </span>
          </>
        }
        tabs={
          <Tabs
            label="Parts of the dataset"
            items={tabs}
            current={isTable || (tab !== "preview" && tab !== "profile") ? tab : "overview"}
          />
        }
      />
      {version.problem ? (
        <div className="px-6 pt-4">
          <Notice tone="warning">{version.problem}</Notice>
        </div>
      ) : null}
      {tab === "preview" && version.columns ? (
        <DatasetPreview workspace={workspace} name={name} version={version} columns={version.columns} />
      ) : tab === "profile" && version.columns ? (
        <DatasetProfile workspace={workspace} name={name} version={version} />
      ) : tab === "versions" ? (
        <DatasetVersions workspace={workspace} dataset={data} />
      ) : tab === "use" ? (
        <DatasetUse name={name} version={version} />
      ) : (
        <DatasetOverview workspace={workspace} dataset={data} version={version} mayChange={mayChange} />
      )}
      {mayChange ? <VerbBar>{addButton}</VerbBar> : null}
      {archiving.asking ? (
        <ArchiveDialog
          workspace={workspace}
          name={name}
          uses={archiving.asking}
          onArchive={() => setArchived(true)}
          onClose={archiving.stop}
        />
      ) : null}
      {adding ? <UploadDialog workspace={workspace} name={name} open onOpenChange={setAdding} /> : null}
    </Page>
  );
}
