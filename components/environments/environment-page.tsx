"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Copy, Ellipsis, Play, Plus } from "lucide-react";
import { useState } from "react";
import { Page } from "#components/shell/page.tsx";
import { MissingVersion, UnloadedPage } from "#components/studio-frame/unloaded-page.tsx";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { IdChip } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { EnvironmentBuilds } from "./environment-builds.tsx";
import { EnvironmentDefinition } from "./environment-definition.tsx";
import { EnvironmentUses } from "./environment-uses.tsx";
import { EnvironmentVersions } from "./environment-versions.tsx";
import { definitionWords } from "./environment-words.ts";
import { NewEnvironmentDialog } from "./new-environment-dialog.tsx";
import { useLiveEnvironments } from "./use-environments.ts";

const tabKeys = ["definition", "builds", "versions", "runs"] as const;
const view = { tab: oneOf(tabKeys, "definition"), version: text() };

export interface EnvironmentPageProps {
  workspace: string;
  name: string;
  mayChange: boolean;
}

/** One environment: what it is made of, how it was built, who uses it. */
export function EnvironmentPage({ workspace, name, mayChange }: EnvironmentPageProps) {
  const [{ tab, version: wanted }, setView] = useUrlState(view);
  const [adding, setAdding] = useState(false);
  const toast = useToast();
  const showFailure = useFailureToast();
  useLiveEnvironments(workspace);
  const { data, error, refetch } = useQuery(
    orpc.environments.versions.queryOptions({ input: { workspace, environment: name } }),
  );
  const crumbs = [{ label: "Environments", href: `/${workspace}/environments` }, { label: name }];
  const versions = data?.items ?? [];
  const newest = versions[0];
  const version = wanted ? versions.find((each) => each.version === wanted) : newest;
  if (!version) {
    return (
      <UnloadedPage {...{ crumbs, name, error }} noun="environment" onRetry={() => void refetch()}>
        {data ? (
          <MissingVersion name={name} wanted={wanted} onNewest={() => setView({ version: "" })} />
        ) : undefined}
      </UnloadedPage>
    );
  }
  const here = `/${workspace}/environments/${encodeURIComponent(name)}`;
  const tabHref = (key: (typeof tabKeys)[number]) => {
    const query = new URLSearchParams({
      ...(key === "definition" ? {} : { tab: key }),
      ...(wanted ? { version: wanted } : {}),
    });
    return query.size ? `${here}?${query}` : here;
  };
  const building = version.builds.some((build) => build.status === "building");
  const archived = versions.every((each) => each.archived);
  const setArchived = async (next: boolean) => {
    try {
      await api.environments.archive({ workspace, environment: name, archived: next });
      toast({
        title: next ? `${name} archived` : `${name} is back`,
        ...(next ? { undo: () => void setArchived(false) } : {}),
      });
      void refetch();
    } catch (failure) {
      showFailure(failure);
    }
  };
  const reference = version.curated ? `azureml:${name}@latest` : `azureml:${name}:${version.version}`;
  const add = mayChange ? (
    <Button icon={version.curated ? <Copy size={16} /> : <Plus size={16} />} onClick={() => setAdding(true)}>
      {version.curated ? "Make your own from it" : "New version"}
    </Button>
  ) : null;
  return (
    <Page crumbs={crumbs}>
      <PageHeader
        title={name}
        marks={
          <>
            {version.curated ? (
              <Tag tone="accent">curated</Tag>
            ) : (
              <Select
                aria-label="Version"
                variant="button"
                options={versions.map((each) => ({
                  value: each.version,
                  label: `v${each.version}`,
                  hint: [
                    each === newest ? "latest" : "",
                    ...each.labels.filter((label) => label !== "latest"),
                  ]
                    .filter(Boolean)
                    .join(", "),
                }))}
                value={version.version}
                onValueChange={(value) =>
                  setView({ version: value === newest?.version ? "" : value }, { push: true })
                }
              />
            )}
            <IdChip text={reference} label="Copy the reference" />
            {archived ? <Tag tone="warning">archived</Tag> : null}
          </>
        }
        verbs={
          <>
            {mayChange ? (
              <ButtonLink
                icon={<Play size={16} />}
                href={`/${workspace}/runs/new?${new URLSearchParams({ environment: reference })}`}
              >
                New run
              </ButtonLink>
            ) : null}
            {add}
            {mayChange && !version.curated ? (
              <Menu
                align="end"
                trigger={<IconButton label="More" icon={<Ellipsis size={16} />} variant="default" />}
                items={[
                  archived
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
            <span>{definitionWords[version.definition.kind]}</span>
            {version.description ? <span>{version.description}</span> : null}
            <span>
              {version.curated ? (
                "Comes with the studio"
              ) : (
                <>
                  {version.createdBy ?? "The studio"}, <RelativeTime at={version.createdAt} />
                </>
              )}
            </span>
          </>
        }
        tabs={
          <Tabs
            label="Parts of the environment"
            current={tab}
            items={[
              { key: "definition", label: "Definition", href: tabHref("definition") },
              {
                key: "builds",
                label: "Builds",
                href: tabHref("builds"),
                count: version.builds.length,
                live: building,
              },
              ...(version.curated
                ? []
                : [
                    { key: "versions", label: "Versions", href: tabHref("versions"), count: versions.length },
                  ]),
              { key: "runs", label: "Runs", href: tabHref("runs") },
            ]}
          />
        }
      />
      {tab === "builds" ? (
        <EnvironmentBuilds workspace={workspace} version={version} mayChange={mayChange} />
      ) : tab === "versions" ? (
        <EnvironmentVersions workspace={workspace} name={name} versions={versions} />
      ) : tab === "runs" ? (
        <EnvironmentUses workspace={workspace} version={version} />
      ) : (
        <EnvironmentDefinition version={version} />
      )}
      {add ? <VerbBar>{add}</VerbBar> : null}
      {adding ? (
        <NewEnvironmentDialog workspace={workspace} from={version} onClose={() => setAdding(false)} />
      ) : null}
    </Page>
  );
}
