"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { DraftVerbs } from "#components/inference/draft-verbs.tsx";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { useToast } from "#components/ui/toast.tsx";
import { orpc } from "#lib/api/client.ts";
import type { ComponentDefinition } from "#lib/components/model.ts";
import type { Draft, SubmitMemory } from "#lib/designer/model.ts";
import { DesignerBar, type SaveState } from "./bar/designer-bar.tsx";
import { FaultsButton } from "./bar/faults-button.tsx";
import { RunButton } from "./bar/run-button.tsx";
import { DesignerRoot } from "./designer-root.tsx";
import { makeLookup } from "./model/lookup.ts";
import { usePalette } from "./palette/use-palette.ts";
import type { RunScope } from "./run/make-spec.ts";
import { RunContext } from "./run/run-acts.ts";
import { SubmitDialog } from "./run/submit-dialog.tsx";
import { useFaults } from "./run/use-faults.ts";
import { useRun } from "./run/use-run.ts";
import { useSubmit } from "./run/use-submit.ts";
import { ClashNotice } from "./session/clash-notice.tsx";
import { type Designer, DesignerContext } from "./session/designer.ts";
import { useStore } from "./session/store.ts";

interface OpenDesignerProps {
  designer: Designer;
  draft: Draft;
  save: SaveState;
  me: { id: string; name: string } | null;
}

/** References that the palette does not have: other versions of components of the workspace. */
function useLookup(designer: Designer, items: readonly ComponentDefinition[]): void {
  const { workspace } = designer;
  const unknown = useStore(designer.model, ({ nodes }) =>
    [
      ...new Set(
        nodes.flatMap((view) =>
          view.kind === "step" && !view.definition && view.node.ref ? view.node.ref : [],
        ),
      ),
    ]
      .sort()
      .join("\n"),
  );
  const [resolved, setResolved] = useState<ReadonlyMap<string, ComponentDefinition>>(new Map());
  const client = useQueryClient();
  useEffect(() => {
    designer.lookup.set(() => makeLookup(items, resolved));
  }, [designer, items, resolved]);
  useEffect(() => {
    if (items.length === 0 || unknown === "") return;
    for (const ref of unknown.split("\n")) {
      if (!ref.startsWith("azureml:") && !ref.startsWith("atelier:")) continue;
      client
        .fetchQuery(
          orpc.components.resolve.queryOptions({
            input: { workspace, ref },
            staleTime: 60_000,
            retry: false,
          }),
        )
        .then((found) => setResolved((now) => new Map([...now, [ref, found]])))
        // The check of the draft says what is wrong with the reference.
        .catch(() => {});
    }
  }, [client, workspace, unknown, items]);
}

/** The designer once the draft is there: what comes from the server is kept up to date here. */
export function OpenDesigner(props: OpenDesignerProps) {
  return (
    <DesignerContext.Provider value={props.designer}>
      <Opened {...props} />
    </DesignerContext.Provider>
  );
}

function Opened({ designer, draft, save, me }: OpenDesignerProps) {
  const { workspace, mayEdit } = designer;
  const palette = usePalette(workspace);
  useLookup(designer, palette.items);
  const { checking, check } = useFaults();
  const [started, setStarted] = useState<string | null>(null);
  const [faultsOpen, setFaultsOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [memory, setMemory] = useState<SubmitMemory>(draft.submitMemory);
  const toast = useToast();
  const client = useQueryClient();
  useRun(started ?? draft.lastRun?.name ?? null);
  useWarmUp(designer);
  const submit = useSubmit(
    (run) => {
      setStarted(run);
      setAsking(false);
    },
    () => {
      setAsking(false);
      setFaultsOpen(true);
    },
  );
  const rename = useMutation(
    orpc.designer.rename.mutationOptions({
      onSuccess: () => void client.invalidateQueries({ queryKey: orpc.designer.key() }),
      onError: (error) => toast({ title: "The name stays", detail: error.message, kind: "failed" }),
    }),
  );
  const run = (scope: RunScope) => {
    const wrong = designer.faults.get().filter(({ severity }) => severity === "error");
    if (scope === null && wrong.length > 0) {
      setFaultsOpen(true);
      return;
    }
    // The first run asks how; later ones do the same again.
    if (scope === null && !draft.lastRun && started === null) setAsking(true);
    else submit.mutate({ memory, scope });
  };
  useShortcut(
    mayEdit
      ? {
          keys: "mod+shift+enter",
          label: "Run to the selected step",
          group: "Designer",
          run: () => {
            const step = findStep(designer);
            if (step === null || submit.isPending) return false;
            run({ to: step, again: false });
          },
        }
      : null,
  );
  useShortcut({
    keys: "mod+shift+v",
    label: "Validate",
    group: "Designer",
    run: () => {
      setFaultsOpen(true);
      void check();
    },
  });
  return (
    <RunContext.Provider value={mayEdit ? run : null}>
      <DesignerRoot
        designer={designer}
        palette={palette}
        bar={
          <>
            <DesignerBar
              name={draft.name}
              version={draft.version}
              me={me}
              save={save.savedAt === null ? { ...save, savedAt: draft.updatedAt } : save}
              onRename={(name) => rename.mutate({ workspace, draft: draft.id, name })}
            >
              <span className="max-sm:hidden">
                <FaultsButton
                  open={faultsOpen}
                  onOpenChange={setFaultsOpen}
                  checking={checking}
                  check={check}
                />
              </span>
              {mayEdit ? <DraftVerbs name={draft.name} /> : null}
              {mayEdit ? (
                <span className="max-sm:hidden">
                  <RunButton busy={submit.isPending} onRun={run} onConfigure={() => setAsking(true)} />
                </span>
              ) : null}
            </DesignerBar>
            {asking ? (
              <SubmitDialog
                memory={memory}
                busy={submit.isPending}
                onClose={() => setAsking(false)}
                onSubmit={(next) => {
                  setMemory(next);
                  submit.mutate({ memory: next, scope: null });
                }}
              />
            ) : null}
          </>
        }
      />
      <ClashNotice />
    </RunContext.Provider>
  );
}

/** The step that has the focus, else the only one that is selected. */
function findStep({ model, selection }: Designer): string | null {
  const { byId } = model.get();
  const focused = document.activeElement?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
  const [only, ...others] = selection.get();
  const id = focused ?? (others.length === 0 ? only : undefined);
  return id !== undefined && byId.get(id)?.kind === "step" ? id : null;
}

/** Says that the draft is being edited, so that the first preview finds a warm worker. */
function useWarmUp({ workspace, draft, mayEdit }: Designer): void {
  useQuery({
    queryKey: ["designer-open", workspace, draft],
    queryFn: () => orpc.designer.open.call({ workspace, draft }),
    enabled: mayEdit,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: 4 * 60_000,
    retry: false,
  });
}
