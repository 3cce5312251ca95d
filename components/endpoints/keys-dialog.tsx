"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Eye, EyeOff, RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";

export interface KeysDialogProps {
  workspace: string;
  endpoint: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

type KeyType = "primary" | "secondary";

/** Both keys: shown when asked for, copied, replaced one at a time so that callers can move from one to the other. */
export function KeysDialog({ workspace, endpoint, open, onOpenChange }: KeysDialogProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [shown, setShown] = useState<KeyType | null>(null);
  const [replacing, setReplacing] = useState<KeyType | null>(null);
  const options = orpc.endpoints.credentials.queryOptions({
    input: { workspace, endpoint },
    // Keys stay in the page's memory only while they are looked at.
    gcTime: 0,
    staleTime: 0,
  });
  const { data, error, refetch } = useQuery(options);
  const keys: { type: KeyType; label: string; value: string | undefined }[] = [
    { type: "primary", label: "Primary key", value: data?.primaryKey },
    { type: "secondary", label: "Secondary key", value: data?.secondaryKey },
  ];

  return (
    <>
      <Dialog
        open={open && replacing === null}
        onOpenChange={onOpenChange}
        title={`Keys of ${endpoint}`}
        description="Callers send one of them as “Authorization: Bearer”. Either opens every deployment."
        footer={<Button onClick={() => onOpenChange(false)}>Done</Button>}
      >
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonRows rows={2} />
        ) : (
          <ul className="flex flex-col gap-4">
            {keys.map(({ type, label, value = "" }) => (
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
        title={`Replace the ${replacing} key of ${endpoint}?`}
        effect="Callers with the old key are refused within seconds. The other key goes on working."
        confirmLabel="Replace the key"
        busyLabel="Replacing"
        keepLabel="Keep it"
        danger
        onConfirm={async () => {
          if (!replacing) return;
          const fresh = await api.endpoints.regenerateKey({ workspace, endpoint, keyType: replacing });
          queries.setQueryData(options.queryKey, fresh);
          toast({ title: `The ${replacing} key of ${endpoint} is new` });
          setReplacing(null);
        }}
      />
    </>
  );
}
