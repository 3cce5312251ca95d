"use client";

import { CalendarClock, ChevronDown, Rocket, Send, Webhook } from "lucide-react";
import { useState } from "react";
import { FaultsDialog } from "#components/designer/bar/faults-dialog.tsx";
import { useDesigner } from "#components/designer/session/designer.ts";
import { useStore } from "#components/designer/session/store.ts";
import { PublishDialog } from "#components/pipeline-endpoints/publish-dialog.tsx";
import { ScheduleDialog } from "#components/schedules/schedule-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { api } from "#lib/api/client.ts";
import { DeployPipelineDialog } from "./deploy-pipeline-dialog.tsx";
import { InferenceMenu } from "./inference-menu.tsx";

const serviceModules = ["web_service_input", "web_service_output"];

const titles = {
  deploy: "Deploy the pipeline",
  publish: "Publish the pipeline",
  schedule: "Schedule the pipeline",
};
type Act = keyof typeof titles;

/** From a draft to a service: what is offered follows from what it is and from its last run. */
export function DraftVerbs({ name }: { name: string }) {
  const { workspace, document, model, run, faults } = useDesigner();
  const [open, setOpen] = useState<Act | null>(null);
  // As it was when the dialog came: a fault that comes or goes meanwhile does not take it away.
  const [wrong, setWrong] = useState(false);
  const empty = useStore(model, ({ nodes }) => nodes.length === 0);
  const answers = useStore(model, ({ nodes }) => {
    const modules = nodes.flatMap((view) => (view.kind === "step" ? (view.definition?.name ?? []) : []));
    return serviceModules.every((module) => modules.includes(module));
  });
  const completed = useStore(run, (now) => (now?.status === "Completed" ? now.run : null));
  const faulty = useStore(faults, (all) => all.some(({ severity }) => severity === "error"));
  const readText = () => document.getText();
  const close = () => setOpen(null);
  const start = async (act: Act) => {
    setWrong(faulty);
    setOpen(act);
    if (faulty) return;
    // What was just changed may not be checked yet. What cannot be checked now is refused with its reason later.
    const found = await api.pipelines.validate({ workspace, spec: readText() }).catch(() => null);
    if (!found || found.faults.length === 0) return;
    faults.set([...found.faults, ...found.warnings]);
    setWrong(true);
  };
  if (empty) return null;
  return (
    <span className="flex gap-2 max-sm:hidden">
      {answers ? (
        <Button aria-label="Deploy" icon={<Rocket size={16} />} onClick={() => void start("deploy")}>
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
            onSelect: () => void start("publish"),
          },
          {
            label: "Schedule",
            icon: <CalendarClock size={16} />,
            help: "Starts by the clock",
            onSelect: () => void start("schedule"),
          },
        ]}
      />
      {open !== null && wrong ? (
        <FaultsDialog title={titles[open]} onClose={close} />
      ) : open === "deploy" ? (
        <DeployPipelineDialog workspace={workspace} readText={readText} title={name} onClose={close} />
      ) : open === "publish" ? (
        <PublishDialog workspace={workspace} readText={readText} title={name} onClose={close} />
      ) : open === "schedule" ? (
        <ScheduleDialog workspace={workspace} job={{ readText }} title={name} onClose={close} />
      ) : null}
    </span>
  );
}
