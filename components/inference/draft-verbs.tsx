"use client";

import { CalendarClock, ChevronDown, Rocket, Send, Webhook } from "lucide-react";
import { useState } from "react";
import { useDesigner } from "#components/designer/session/designer.ts";
import { useStore } from "#components/designer/session/store.ts";
import { PublishDialog } from "#components/pipeline-endpoints/publish-dialog.tsx";
import { ScheduleDialog } from "#components/schedules/schedule-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { DeployPipelineDialog } from "./deploy-pipeline-dialog.tsx";
import { InferenceMenu } from "./inference-menu.tsx";

const serviceModules = ["web_service_input", "web_service_output"];

/** From a draft to a service: what is offered follows from what it is and from its last run. */
export function DraftVerbs({ name }: { name: string }) {
  const { workspace, document, model, run } = useDesigner();
  const [open, setOpen] = useState<"deploy" | "publish" | "schedule" | null>(null);
  const empty = useStore(model, ({ nodes }) => nodes.length === 0);
  const answers = useStore(model, ({ nodes }) => {
    const modules = nodes.flatMap((view) => (view.kind === "step" ? (view.definition?.name ?? []) : []));
    return serviceModules.every((module) => modules.includes(module));
  });
  const completed = useStore(run, (now) => (now?.status === "Completed" ? now.run : null));
  const readText = () => document.getText();
  const close = () => setOpen(null);
  if (empty) return null;
  return (
    <span className="flex gap-2 max-sm:hidden">
      {answers ? (
        <Button aria-label="Deploy" icon={<Rocket size={16} />} onClick={() => setOpen("deploy")}>
          <span className="max-wide:hidden">Deploy</span>
        </Button>
      ) : completed ? (
        <InferenceMenu compact workspace={workspace} run={completed} />
      ) : null}
      <Menu
        align="end"
        trigger={
          <Button aria-label="Publish" icon={<Send size={16} />} trailing={<ChevronDown size={14} />}>
            <span className="max-wide:hidden">Publish</span>
          </Button>
        }
        items={[
          {
            label: "Publish as an endpoint",
            icon: <Webhook size={16} />,
            help: "Programs start it by an address and a key",
            onSelect: () => setOpen("publish"),
          },
          {
            label: "Schedule",
            icon: <CalendarClock size={16} />,
            help: "Starts by the clock",
            onSelect: () => setOpen("schedule"),
          },
        ]}
      />
      {open === "deploy" ? (
        <DeployPipelineDialog workspace={workspace} readText={readText} title={name} onClose={close} />
      ) : open === "publish" ? (
        <PublishDialog workspace={workspace} readText={readText} title={name} onClose={close} />
      ) : open === "schedule" ? (
        <ScheduleDialog workspace={workspace} job={{ readText }} title={name} onClose={close} />
      ) : null}
    </span>
  );
}
