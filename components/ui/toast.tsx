"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { describeError } from "./describe-error.ts";
import type { StatusKind } from "./status.ts";
import { StatusIcon } from "./status-icon.tsx";

export interface ToastOptions {
  title: string;
  detail?: string | undefined;
  /** The icon before it: a status, or any node. */
  kind?: StatusKind | undefined;
  icon?: ReactNode;
  action?: { label: string; run: () => void } | undefined;
  /** Adds "Undo 8 s"; the act has already happened. */
  undo?: (() => void) | undefined;
}

interface ToastData {
  kind: StatusKind | undefined;
  icon: ReactNode;
  action: { label: string; run: () => void } | undefined;
  /** Until when Undo is offered, in milliseconds. */
  undoUntil: number | undefined;
}

const undoMs = 8_000;
const shownMs = 6_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={4} timeout={shownMs}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-[440px] max-w-[calc(100vw-32px)] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** `toast({ title })` shows 6 s; `undo` 8 s; `kind: "failed"` stays until closed. Returns how to close it. */
export function useToast(): (options: ToastOptions) => () => void {
  const { add, close } = Toast.useToastManager<ToastData>();
  return useCallback(
    (options) => {
      const stays = options.kind === "failed";
      const id = add({
        title: options.title,
        description: options.detail,
        timeout: stays ? 0 : options.undo ? undoMs : shownMs,
        priority: stays ? "high" : "low",
        data: {
          kind: options.kind,
          icon: options.icon,
          action: options.undo ? { label: "Undo", run: options.undo } : options.action,
          undoUntil: options.undo ? Date.now() + undoMs : undefined,
        },
      });
      return () => close(id);
    },
    [add, close],
  );
}

/** Says what failed, as a toast that stays until it is closed. */
export function useFailureToast(): (error: unknown) => void {
  const toast = useToast();
  return useCallback(
    (error) => {
      const { what, why } = describeError(error);
      toast({ title: what, detail: why, kind: "failed" });
    },
    [toast],
  );
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const { kind, icon, action, undoUntil } = toast.data ?? {};
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={["right", "down"]}
        className={cn("enter-toast rounded-card bg-raised shadow-2", toast.limited && "hidden")}
      >
        <Toast.Content className="flex min-h-11 items-start gap-2.5 py-2.5 pr-2 pl-3">
          {kind || icon ? (
            <span className="flex h-5 items-center text-ink-3">
              {kind ? <StatusIcon kind={kind} /> : icon}
            </span>
          ) : null}
          <div className="min-w-0 flex-1">
            <Toast.Title className="text-name text-ink" />
            <Toast.Description className="text-secondary break-words text-ink-3" />
          </div>
          {action ? (
            <button
              type="button"
              className={cn(buttonClass({ size: "sm" }), "-my-0.5")}
              onClick={() => {
                close(toast.id);
                action.run();
              }}
            >
              {action.label}
              {undoUntil === undefined ? null : <Countdown until={undoUntil} />}
            </button>
          ) : null}
          <Toast.Close
            aria-label="Close"
            className="touch-target -my-0.5 flex size-6 items-center justify-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={14} />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}

function Countdown({ until }: { until: number }) {
  const [left, setLeft] = useState(() => Math.ceil((until - Date.now()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <span aria-hidden="true" className="font-normal text-ink-3 tabular-nums">
      {left} s
    </span>
  );
}
