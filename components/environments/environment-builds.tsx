"use client";

import { useQuery } from "@tanstack/react-query";
import { Hammer } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { StatusText } from "#components/ui/pill.tsx";
import { Duration, RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { useFailureToast, useToast } from "#components/ui/toast.tsx";
import { oneOf } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { api, orpc } from "#lib/api/client.ts";
import type { EnvironmentBuild, EnvironmentVersion } from "#lib/environments/model.ts";
import { buildWords } from "./environment-words.ts";

const view = { build: oneOf(["image", "venv"], "image") };
const kinds = ["image", "venv"] as const;
const states = {
  building: { kind: "preparing", word: "Building" },
  ready: { kind: "completed", word: "Ready" },
  failed: { kind: "failed", word: "Failed" },
} as const;

interface BuildsProps {
  workspace: string;
  version: EnvironmentVersion;
  mayChange: boolean;
}

/** The two forms in which an environment runs, and what their builds printed. */
export function EnvironmentBuilds({ workspace, version, mayChange }: BuildsProps) {
  const [{ build: chosen }, setView] = useUrlState(view);
  const [asked, setAsked] = useState<string>();
  const toast = useToast();
  const showFailure = useFailureToast();
  const one = { workspace, environment: version.name, version: version.version };
  const find = (kind: EnvironmentBuild["kind"]) => version.builds.find((build) => build.kind === kind);
  const current = find(chosen);
  const running = current?.status === "building";
  const log = useQuery(
    orpc.environments.buildLog.queryOptions({
      input: { ...one, kind: chosen },
      // What a build prints is no event of its own.
      refetchInterval: running ? 2000 : false,
    }),
  );
  async function build(kind: EnvironmentBuild["kind"]) {
    setAsked(kind);
    try {
      await api.environments.build({ ...one, kind });
      toast({ title: "The build is asked for", detail: "It begins when the runner is free." });
    } catch (error) {
      showFailure(error);
    } finally {
      setAsked(undefined);
    }
  }
  const imageOnly = version.definition.kind === "image";
  return (
    <div className="flex flex-col gap-5 p-4 sm:p-6">
      <div className="grid gap-3 sm:grid-cols-2">
        {kinds
          .filter((kind) => kind === "image" || !imageOnly)
          .map((kind) => {
            const found = find(kind);
            const state = found ? states[found.status] : null;
            return (
              <div
                key={kind}
                className={cn(
                  "flex flex-wrap items-center gap-3 rounded-card border p-4",
                  kind === chosen ? "border-accent" : "border-line",
                )}
              >
                <button
                  type="button"
                  aria-pressed={kind === chosen}
                  onClick={() => setView({ build: kind })}
                  className="touch-target min-w-0 flex-1 rounded-tag text-left"
                >
                  <span className="block text-name">{buildWords[kind]}</span>
                  <span className="mt-0.5 flex flex-wrap items-center gap-2 text-secondary text-ink-3">
                    {found && state ? (
                      <>
                        <StatusText kind={state.kind}>{state.word}</StatusText>
                        {found.finishedAt === null ? (
                          <Duration since={found.startedAt} />
                        ) : (
                          <>
                            <Duration ms={found.finishedAt - found.startedAt} />
                            <RelativeTime at={found.finishedAt} />
                          </>
                        )}
                      </>
                    ) : (
                      "Not built yet; the first run builds it"
                    )}
                  </span>
                </button>
                {mayChange && found?.status !== "ready" ? (
                  <Button
                    size="sm"
                    icon={<Hammer size={14} />}
                    busy={asked === kind || found?.status === "building"}
                    onClick={() => void build(kind)}
                  >
                    {found?.status === "building" ? "Building" : "Build now"}
                  </Button>
                ) : null}
              </div>
            );
          })}
      </div>
      {current?.error ? <ErrorState title={current.error} details={log.data?.log} /> : null}
      <div className="flex flex-col gap-2">
        <h2 className="text-section">Log</h2>
        {log.error ? (
          <ErrorState error={log.error} onRetry={() => void log.refetch()} />
        ) : !log.data ? (
          <SkeletonText lines={5} />
        ) : log.data.log ? (
          <CodeBlock label="Build log" code={log.data.log} wrap maxHeight={480} />
        ) : (
          <p className="text-body text-ink-2">Nothing was printed yet.</p>
        )}
      </div>
    </div>
  );
}
