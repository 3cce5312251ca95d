"use client";

import type { ComponentPropsWithRef } from "react";
import { cn } from "./cn.ts";

export interface TextareaProps extends ComponentPropsWithRef<"textarea"> {
  mono?: boolean | undefined;
}

export function Textarea({ mono, className, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      spellCheck={!mono}
      className={cn("field-edge block w-full resize-y px-2 py-1 text-body", mono && "text-code", className)}
      {...rest}
    />
  );
}
