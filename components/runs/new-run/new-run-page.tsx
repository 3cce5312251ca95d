"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { NarrowColumn, Page } from "#components/shell/page.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState, Notice } from "#components/ui/error-state.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { oneOf, text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { VerbBar } from "#components/ui/verb-bar.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { type Issue, issuesOf } from "./issues.ts";
import { JobForm } from "./job-form.tsx";
import { JobYaml } from "./job-yaml.tsx";
import { keptJobKey } from "./kept-job.ts";
import { useJobCheck } from "./use-job-check.ts";
import { useKeptJob } from "./use-kept-job.ts";
import { type Start, useStart } from "./use-start.ts";

const view = { as: oneOf(["form", "yaml"], "form"), from: text(), data: text(), environment: text() };

/** A new run: a form and the job file, two views of one document. */
export function NewRunPage({ workspace }: { workspace: string }) {
  const [{ from, data, environment }] = useUrlState(view);
  const { start, error } = useStart(workspace, { from, data, environment });
  const crumbs = [{ label: "Runs", href: `/${workspace}/runs` }, { label: "New run" }];
  if (start)
    return (
      <Editor key={`${from} ${data} ${environment}`} workspace={workspace} start={start} crumbs={crumbs} />
    );
  return (
    <Page crumbs={crumbs}>
      <PageHeader title="New run" />
      <NarrowColumn className="mx-0 pt-0">
        {error ? <ErrorState error={error} /> : <SkeletonText lines={6} />}
      </NarrowColumn>
    </Page>
  );
}

interface EditorProps {
  workspace: string;
  start: Start;
  crumbs: { label: string; href?: string }[];
}

function Editor({ workspace, start, crumbs }: EditorProps) {
  const [{ as, from, data, environment }] = useUrlState(view);
  const kept = useKeptJob(keptJobKey(workspace, [from, data, environment]), start);
  const { text: job, code } = kept;
  const [uploading, setUploading] = useState(false);
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<{ error: unknown; of: string } | null>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const check = useJobCheck(workspace, job, code?.digest);
  // What the studio said when the run was started counts until the text changes.
  const refused = refusal?.of === job ? refusal.error : null;
  const refusedIssues: Issue[] = refused ? issuesOf(refused) : [];
  const errors = refusedIssues.length > 0 ? refusedIssues : check.errors;

  async function begin() {
    if (starting || uploading) return;
    setStarting(true);
    setRefusal(null);
    try {
      const run = await api.runs.submit({
        workspace,
        spec: job,
        fileName: "job.yml",
        ...(code ? { code: code.digest } : {}),
      });
      kept.forget();
      void queries.invalidateQueries({ queryKey: orpc.runs.list.key() });
      navigate.push(`/${workspace}/runs/${run.name}`);
    } catch (error) {
      setRefusal({ error, of: job });
      setStarting(false);
    }
  }
  useShortcut({ keys: "mod+enter", label: "Start the run", group: "New run", run: () => void begin() });

  const hrefOf = (key: "form" | "yaml") => {
    const next = new URLSearchParams({
      ...(from ? { from } : {}),
      ...(data ? { data } : {}),
      ...(environment ? { environment } : {}),
    });
    if (key === "yaml") next.set("as", "yaml");
    return `/${workspace}/runs/new${next.size ? `?${next}` : ""}`;
  };
  const startButton = (
    <Button
      variant="primary"
      icon={<Play size={16} />}
      busy={starting}
      disabled={uploading}
      onClick={() => void begin()}
    >
      {starting ? "Starting" : "Start run"}
    </Button>
  );
  return (
    <Page crumbs={crumbs}>
      <PageHeader
        title="New run"
        marks={
          start.clonedName ? <span className="text-body text-ink-3">from {start.clonedName}</span> : undefined
        }
        verbs={startButton}
        tabs={
          <Tabs
            label="How the job is shown"
            current={as}
            items={[
              { key: "form", label: "Form", href: hrefOf("form") },
              {
                key: "yaml",
                label: "YAML",
                href: hrefOf("yaml"),
                ...(errors.length > 0 ? { count: errors.length } : {}),
              },
            ]}
          />
        }
      />
      <NarrowColumn className="mx-0 flex flex-col gap-6">
        {kept.isKept ? (
          <Notice
            tone="info"
            actions={
              <Button size="sm" variant="quiet" onClick={kept.startOver}>
                Start over
              </Button>
            }
          >
            What you had entered here is back.
          </Notice>
        ) : null}
        {refused && refusedIssues.length === 0 ? <ErrorState error={refused} /> : null}
        {refusedIssues.length > 0 ? (
          <ErrorState title="The run was not started">
            {refusedIssues.length === 1 ? "One thing is" : `${refusedIssues.length} things are`} to be mended
            below.
          </ErrorState>
        ) : null}
        {as === "yaml" ? (
          <JobYaml
            text={job}
            onChange={(text) => kept.change({ text })}
            errors={errors}
            warnings={check.warnings}
            stale={check.stale}
          />
        ) : (
          <JobForm
            workspace={workspace}
            text={job}
            onChange={(text) => kept.change({ text })}
            errors={errors}
            code={code}
            onCodeChange={(next) => kept.change({ code: next })}
            onUploading={setUploading}
            yamlHref={hrefOf("yaml")}
          />
        )}
        {as === "form" && check.warnings.length > 0 ? (
          <Notice>{check.warnings.map((warning) => warning.message).join(" ")}</Notice>
        ) : null}
      </NarrowColumn>
      <VerbBar>{startButton}</VerbBar>
    </Page>
  );
}
