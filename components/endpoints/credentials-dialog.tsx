"use client";

import { Eye, EyeOff, RefreshCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";

export type KeyType = "primary" | "secondary";

export interface CredentialsDialogProps {
  /** Whose keys they are. */
  name: string;
  description: ReactNode;
  keys: { primaryKey: string; secondaryKey: string } | undefined;
  error: unknown;
  onRetry: () => void;
  /** Replaces a key; the new ones arrive as `keys`. */
  onReplace: (type: KeyType) => Promise<void>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Two keys: shown when asked for, copied, replaced one at a time so that callers can move from one to the other. */
export function CredentialsDialog(props: CredentialsDialogProps) {
  const { name, description, keys, error, onRetry, onReplace, open, onOpenChange } = props;
  const toast = useToast();
  const [shown, setShown] = useState<KeyType | null>(null);
  const [replacing, setReplacing] = useState<KeyType | null>(null);
  const rows: { type: KeyType; label: string; value: string | undefined }[] = [
    { type: "primary", label: "Primary key", value: keys?.primaryKey },
    { type: "secondary", label: "Secondary key", value: keys?.secondaryKey },
  ];
  return (
    <>
      <Dialog
        open={open && replacing === null}
        onOpenChange={onOpenChange}
        title={`Keys of ${name}`}
        description={description}
        footer={<Button onClick={() => onOpenChange(false)}>Done</Button>}
      >
        {error ? (
          <ErrorState error={error} onRetry={onRetry} />
        ) : !keys ? (
          <SkeletonRows rows={2} />
        ) : (
          <ul className="flex flex-col gap-4">
            {rows.map(({ type, label, value = "" }) => (
              <li key={type} className="flex flex-col gap-1">
                <span className="text-label">{label}</span>
                <div className="flex items-center gap-1.5">
                  <code className="min-w-0 flex-1 truncate rounded-control border border-line bg-subtle px-2 py-1.5 text-code">
                    {shown === type ? value : `${value.slice(0, 8)}${"•".repeat(24)}`}
                  </code>
                  <IconButton
                    label={shown === type ? `Hide the ${type} key` : `Show the ${type} key`}
                    icon={shown === type ? <EyeOff size={16} /> : <Eye size={16} />}
                    onClick={() => setShown(shown === type ? null : type)}
                  />
                  <CopyButton text={value} label="Copy" size="md" />
                  <IconButton
                    label={`Replace the ${type} key`}
                    icon={<RefreshCw size={16} />}
                    onClick={() => setReplacing(type)}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
      <ConfirmDialog
        open={replacing !== null}
        onOpenChange={(next) => next || setReplacing(null)}
        title={`Replace the ${replacing} key of ${name}?`}
        effect="Callers with the old key are refused within seconds. The other key goes on working."
        confirmLabel="Replace the key"
        busyLabel="Replacing"
        keepLabel="Keep it"
        danger
        onConfirm={async () => {
          if (!replacing) return;
          await onReplace(replacing);
          toast({ title: `The ${replacing} key of ${name} is new` });
          setReplacing(null);
        }}
      />
    </>
  );
}
