"use client";

import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Button } from "#components/ui/button.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useStartSample } from "./use-home.ts";

/** Brings the sample in and opens its run. */
export function SampleButton({ primary = false }: { primary?: boolean }) {
  const { name } = useCurrentWorkspace();
  const sample = useStartSample();
  const { push } = useNavigate();
  const toast = useToast();

  function start() {
    sample.mutate(
      { workspace: name },
      {
        onSuccess: ({ run }) => push(`/${name}/runs/${run}`),
        onError: (error) =>
          toast({ title: "The sample did not start", detail: error.message, kind: "failed" }),
      },
    );
  }

  return (
    <Button variant={primary ? "primary" : "default"} busy={sample.isPending} onClick={start}>
      {sample.isPending ? "Starting" : "Try the sample"}
    </Button>
  );
}
