"use client";

import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { Column } from "#components/data-table/column.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatDate } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useRevokeToken, useTokens } from "#lib/account/hooks.ts";
import type { AccessToken } from "#lib/account/model.ts";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

export function TokensPage() {
  const { data, error, isPending, refetch } = useTokens();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<AccessToken | null>(null);
  const revoke = useRevokeToken();
  const toast = useToast();
  const make = (
    <Button variant="primary" size="lg" icon={<Plus size={14} />} onClick={() => setMaking(true)}>
      New token
    </Button>
  );
  const columns: Column<AccessToken>[] = [
    {
      key: "name",
      label: "Name",
      grow: 2,
      width: 140,
      render: (token) => <span className="font-medium">{token.name}</span>,
    },
    {
      key: "workspace",
      label: "Works in",
      grow: 1,
      width: 130,
      render: (token) => token.workspace ?? "All your workspaces",
    },
    { key: "created", label: "Made", width: 110, render: (token) => <RelativeTime at={token.createdAt} /> },
    {
      key: "used",
      label: "Last used",
      width: 110,
      render: (token) => (token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "Never"),
    },
    {
      key: "ends",
      label: "Ends",
      width: 90,
      render: (token) => (token.expiresAt ? formatDate(token.expiresAt) : "Never"),
    },
    {
      key: "verbs",
      label: "More",
      labelHidden: true,
      width: 76,
      align: "right",
      render: (token) => (
        <Button size="sm" variant="danger" aria-label={`End ${token.name}`} onClick={() => setEnding(token)}>
          End
        </Button>
      ),
    },
  ];
  const items = data?.items ?? [];
  return (
    <SettingsFrame
      title="Access tokens"
      description="For the command line, scripts and MLflow. A token acts for you, with your roles, until it ends."
      wide
    >
      <div className="max-w-[944px]">
        <div className="mb-3 flex">{make}</div>
        <div className="-mx-4 sm:-mx-6">
          <DataTable
            label="Access tokens"
            columns={columns}
            rows={items}
            rowKey={(token) => token.id}
            rowHeight={36}
            narrow={(token) => ({
              title: token.name,
              detail: [
                token.workspace ?? "All your workspaces",
                token.expiresAt ? `ends ${formatDate(token.expiresAt)}` : "never ends",
              ].join(" · "),
              aside: <EndButton token={token} onEnd={setEnding} />,
            })}
            mode="fit"
            showFoot={false}
            loading={isPending}
            error={error}
            onRetry={() => void refetch()}
            empty={
              <EmptyState icon={<KeyRound />} title="No tokens" variant="plain">
                A token lets a program do what you may do, without your password.
              </EmptyState>
            }
          />
        </div>
      </div>
      <NewTokenDialog open={making} onOpenChange={setMaking} />
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title={`End ${ending?.name ?? "the token"}?`}
        effect="Whatever uses it is refused from its next request on. A new token has another text."
        confirmLabel="End the token"
        busyLabel="Ending"
        onConfirm={async () => {
          if (!ending) return;
          await revoke.mutateAsync({ id: ending.id });
          toast({ title: `${ending.name} ended`, kind: "completed" });
        }}
      />
    </SettingsFrame>
  );
}

function EndButton({ token, onEnd }: { token: AccessToken; onEnd: (token: AccessToken) => void }) {
  return (
    <Button size="sm" variant="danger" aria-label={`End ${token.name}`} onClick={() => onEnd(token)}>
      End
    </Button>
  );
}
