"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchInput } from "#components/ui/input.tsx";
import { describePortType } from "#lib/components/model.ts";
import { listTargets, type PortAddress } from "../model/connect.ts";
import { connectPorts } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePanel } from "../session/use-panels.ts";
import { PortShape } from "./port-shape.tsx";
import { focusNode } from "./use-canvas-keys.ts";

/** Connecting without a pointer: first the port where it starts, then one of those that fit. */
export function ConnectDialog() {
  const designer = useDesigner();
  const [request, setRequest] = usePanel("connect");
  const [search, setSearch] = useState("");
  if (!request) return null;
  const model = designer.model.get();
  const view = model.byId.get(request.node);
  if (!view) return null;
  const close = () => {
    setRequest(null);
    setSearch("");
    requestAnimationFrame(() => focusNode(request.node));
  };
  const { from } = request;
  const starts: { address: PortAddress; port: (typeof view.outputs)[number] }[] = [
    ...view.outputs.map((port) => ({
      address: { node: view.id, port: port.name, side: "out" as const },
      port,
    })),
    ...(view.kind === "step" ? view.inputs : []).map((port) => ({
      address: { node: view.id, port: port.name, side: "in" as const },
      port,
    })),
  ];
  const words = search.trim().toLowerCase();
  const targets = from
    ? listTargets(model, from).filter(
        ({ node, title, portTitle }) =>
          (request.to === undefined || node === request.to) &&
          `${title} ${portTitle}`.toLowerCase().includes(words),
      )
    : [];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Connect ${view.title}`}
      description={
        request.to !== undefined
          ? `With what of ${model.byId.get(request.to)?.title ?? request.to}?`
          : from
            ? "With which port of another step?"
            : "From which port?"
      }
      width={480}
      footer={<Button onClick={close}>Leave it</Button>}
    >
      <div className="flex max-h-96 flex-col gap-1 overflow-y-auto">
        {from === null
          ? starts.map(({ address, port }) => (
              <Button
                key={`${address.side}:${port.name}`}
                variant="quiet"
                className="justify-start"
                icon={<PortShape type={port.type} />}
                onClick={() => setRequest({ ...request, from: address })}
              >
                {port.displayName}
                <span className="font-normal text-ink-3">
                  {address.side === "out" ? "gives" : "takes"} {describePortType(port.type)}
                </span>
              </Button>
            ))
          : null}
        {from ? (
          <>
            {request.to === undefined ? (
              <SearchInput
                label="Find a port"
                placeholder="Find a step"
                value={search}
                onValueChange={setSearch}
              />
            ) : null}
            {targets.map((target) => (
              <Button
                key={`${target.node}.${target.port}`}
                variant="quiet"
                className="justify-start"
                onClick={() => {
                  connectPorts(designer, from, target);
                  close();
                }}
              >
                {target.title}
                <span className="font-normal text-ink-3">
                  {target.portTitle}
                  {target.taken ? ", takes the place of what is there" : ""}
                </span>
              </Button>
            ))}
            {targets.length === 0 ? <p className="text-body text-ink-3">No port fits.</p> : null}
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
