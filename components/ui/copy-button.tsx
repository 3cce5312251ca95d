"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";

/** Copies, and says so for 1.5 s. Without the clipboard API (plain http) a hidden field does it. */
export function useCopy(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy(text: string) {
    if (navigator.clipboard && window.isSecureContext) await navigator.clipboard.writeText(text);
    else copyByField(text);
    setCopied(true);
  }
  return { copied, copy };
}

function copyByField(text: string) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}

export interface CopyButtonProps {
  text: string;
  /** The words on it; without them it is an icon named "Copy". */
  label?: string | undefined;
  size?: ButtonSize | undefined;
  variant?: ButtonVariant | undefined;
  className?: string | undefined;
}

export function CopyButton({ text, label, size = "sm", variant = "quiet", className }: CopyButtonProps) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  const announce = (
    <span role="status" className="sr-only">
      {copied ? "Copied" : ""}
    </span>
  );
  if (label === undefined) {
    return (
      <>
        <IconButton
          label={copied ? "Copied" : "Copy"}
          icon={<Icon size={14} />}
          size={size}
          variant={variant}
          onClick={() => void copy(text)}
          className={className}
        />
        {announce}
      </>
    );
  }
  return (
    <>
      <Button
        size={size}
        variant={variant}
        icon={<Icon size={14} />}
        onClick={() => void copy(text)}
        className={className}
      >
        {label}
      </Button>
      {announce}
    </>
  );
}

/** An id or address in mono on grey, copied by a click. */
export function IdChip({ text, label, className }: { text: string; label?: string; className?: string }) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : `Copy ${label ?? text}`}
      onClick={() => void copy(text)}
      className={cn(
        "touch-target inline-flex h-5 min-w-0 max-w-full items-center gap-1 rounded-tag bg-active px-1.5 font-mono text-[11px] leading-4 text-ink-2 hover:text-ink",
        className,
      )}
    >
      <span className="truncate">{text}</span>
      <Icon size={12} />
    </button>
  );
}
