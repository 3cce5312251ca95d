"use client";

import { Pencil } from "lucide-react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { formatCount, plural } from "#components/ui/format.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { Slots } from "#components/ui/progress.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { type ComputeTarget, defaultRunLimits, defaultTargetName } from "#lib/computes/model.ts";
import { formatMib, providerWords } from "./compute-words.ts";

interface ComputeRowProps {
  workspace: string;
  target: ComputeTarget;
  onEdit?: (() => void) | undefined;
}

/** One target: what it is, its slots, what each run may use, and why it is away when it is. */
export function ComputeRow({ workspace, target, onEdit }: ComputeRowProps) {
  const { name, availability, runningCount, queuedCount, maxInstances } = target;
  const cpus = target.cpus ?? defaultRunLimits.cpus;
  const memory = formatMib(target.memoryMib ?? defaultRunLimits.memoryMib);
  const tags = Object.entries(target.tags);
  const runsHref = `/${workspace}/runs?${new URLSearchParams({ filter: `compute = "${name}"` })}`;
  return (
    <li className="flex flex-col gap-3 border-line border-b px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
        <div className="min-w-48 flex-[2]">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="text-section">{name}</h2>
            <Tag>{providerWords[target.provider] ?? target.provider}</Tag>
            {name === defaultTargetName ? <Tag tone="accent">default</Tag> : null}
            {tags.map(([key, value]) => (
              <Tag key={key} tone="outline">
                {value ? `${key}: ${value}` : key}
              </Tag>
            ))}
          </div>
          {target.description ? <p className="mt-1 text-secondary text-ink-2">{target.description}</p> : null}
        </div>
        <Part label="State">
          {availability.available ? (
            <StatusText kind="completed">Available</StatusText>
          ) : (
            <StatusText kind="warning">Not available</StatusText>
          )}
        </Part>
        <Part label={`${runningCount} of ${plural(maxInstances, "slot")} in use`}>
          <Slots
            used={runningCount}
            total={Math.min(maxInstances, 32)}
            label={`${runningCount} of ${maxInstances} slots in use`}
          />
          <span className="text-secondary text-ink-3">
            {queuedCount === 0 ? "None waits" : plural(queuedCount, "run waits", "runs wait")}
          </span>
        </Part>
        <Part label="Each run">
          <span className="tabular-nums">
            {plural(cpus, "core")}, {memory}
          </span>
        </Part>
        <Part label="The machine">
          <span className="tabular-nums">
            {availability.cpus === 0
              ? "–"
              : `${formatCount(availability.cpus)} cores, ${formatMib(availability.memoryMib)}`}
          </span>
        </Part>
        <div className="ml-auto flex items-center gap-2">
          <ButtonLink size="sm" href={runsHref}>
            Runs
          </ButtonLink>
          {onEdit ? (
            <IconButton
              label={`Change ${name}`}
              icon={<Pencil size={14} />}
              size="sm"
              variant="default"
              onClick={onEdit}
            />
          ) : null}
        </div>
      </div>
      {availability.available ? null : (
        <Notice>{availability.reason} Runs sent here wait until it is back.</Notice>
      )}
    </li>
  );
}

function Part({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-32 flex-1 flex-col gap-1 text-body">
      <span className="text-secondary text-ink-3">{label}</span>
      {children}
    </div>
  );
}
