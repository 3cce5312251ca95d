"use client";

import type { ReactNode } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { formatBytes, plural } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { StatusIcon } from "#components/ui/status-icon.tsx";
import { useMembers } from "#lib/members/hooks.ts";
import { useWorkspace } from "#lib/workspaces/hooks.ts";
import { useComputes } from "./use-home.ts";

interface Step {
  title: string;
  done: boolean;
  line: ReactNode;
  action?: ReactNode;
}

/** How far a new workspace has come. */
export function FirstSteps() {
  const { name, can } = useCurrentWorkspace();
  const workspace = useWorkspace(name).data;
  const members = useMembers(name).data?.items ?? [];
  const target = useComputes(name).data?.items.find(({ availability }) => availability.available);
  const steps: Step[] = [
    {
      title: "Workspace created",
      done: true,
      line: workspace ? (
        <>
          by {workspace.createdBy}, <RelativeTime at={workspace.createdAt} />
        </>
      ) : null,
    },
    {
      title: target ? "Compute found" : "Compute",
      done: target !== undefined,
      line: target
        ? `${target.name}, ${plural(target.availability.cpus, "core")} and ${formatBytes(target.availability.memoryMib * 1024 * 1024)} on this machine`
        : "nothing answers yet; the page Compute says why",
      action: target ? undefined : <ButtonLink href={`/${name}/compute`}>Look</ButtonLink>,
    },
    {
      title: "First run",
      done: false,
      line: "about a minute with the sample",
      action: can("contributor") ? <ButtonLink href={`/${name}/runs/new`}>Start one</ButtonLink> : undefined,
    },
    { title: "First endpoint", done: false, line: "a web address that answers with predictions" },
    {
      title: "Invite someone",
      done: members.length > 1,
      line:
        members.length > 1 ? plural(members.length, "member") : "members see everything in this workspace",
      action:
        can("owner") && members.length <= 1 ? (
          <ButtonLink href={`/${name}/settings/members`}>Invite</ButtonLink>
        ) : undefined,
    },
  ];
  const done = steps.filter((step) => step.done).length;
  return (
    <section aria-labelledby="steps" className="mt-9 max-w-[600px]">
      <div className="flex items-baseline">
        <h2 id="steps" className="text-section">
          First steps
        </h2>
        <span className="ml-auto text-secondary text-ink-3">
          {done} of {steps.length} done
        </span>
      </div>
      <ol className="mt-1">
        {steps.map((step) => (
          <li
            key={step.title}
            className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2 last:border-b-0"
          >
            <StatusIcon kind={step.done ? "completed" : "queued"} size={16} />
            <span className="w-36 text-name">
              {step.title}
              <span className="sr-only">{step.done ? ", done" : ", to do"}</span>
            </span>
            <span className="min-w-40 flex-1 text-secondary text-ink-2">{step.line}</span>
            {step.action}
          </li>
        ))}
      </ol>
    </section>
  );
}
