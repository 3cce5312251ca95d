"use client";

import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LazyCodeEditor } from "../text/lazy-code-editor.tsx";

interface CodeFieldProps {
  label: string;
  language: "python" | "sql";
  value: string;
  disabled?: boolean;
  onValueChange: (value: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** Python or SQL with colours; the button gives it the room of a dialog. */
export function CodeField({
  label,
  language,
  value,
  disabled = false,
  onValueChange,
  onFocus,
  onBlur,
  id,
  "aria-describedby": describedBy,
  "aria-invalid": invalid,
}: CodeFieldProps) {
  const [large, setLarge] = useState(false);
  const editor = (height: number, fieldId: string | undefined) => (
    <LazyCodeEditor
      id={fieldId}
      label={label}
      describedBy={describedBy}
      invalid={invalid}
      language={language}
      value={value}
      readOnly={disabled}
      height={height}
      onChange={onValueChange}
      onFocus={onFocus}
      onBlur={onBlur}
    />
  );
  return (
    <div className="relative">
      {large ? null : editor(180, id)}
      <IconButton
        label="More room"
        icon={<Maximize2 size={12} />}
        size="sm"
        onClick={() => setLarge(true)}
        className="absolute top-1 right-1 z-1 bg-panel"
      />
      <Dialog open={large} onOpenChange={setLarge} title={label} width={1000}>
        {large ? editor(520, undefined) : null}
      </Dialog>
    </div>
  );
}
