"use client";

import { Database } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { SidePane } from "#components/ui/side-pane.tsx";
import { PaneTabs } from "../inspector/pane-tabs.tsx";
import { describePreview } from "./describe-preview.ts";
import { PreviewBody } from "./preview-body.tsx";
import { ProfileTab } from "./profile-tab.tsx";
import { SqlTab } from "./sql-tab.tsx";
import type { PortPreview } from "./use-preview.ts";

export type PreviewTab = "rows" | "profile" | "sql";

interface PreviewDialogProps {
  title: string;
  port: PortPreview;
  tab: PreviewTab;
  onTabChange: (tab: PreviewTab) => void;
  onSave: (() => void) | undefined;
  onClose: () => void;
}

/** The preview with all its columns: rows, what each column holds, and questions in SQL. */
export function PreviewDialog({ title, port, tab, onTabChange, onSave, onClose }: PreviewDialogProps) {
  const { preview } = port;
  const rows = () => (
    <div className="-m-4 flex h-[calc(100%+32px)] flex-col pt-3">
      <PreviewBody port={port} maxColumns={1_000} maxRows={1_000} large />
    </div>
  );
  const hasRows = preview?.hasRows === true;
  return (
    <SidePane
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      subtitle={preview?.result ? describePreview(preview.result) : undefined}
      width={1064}
      actions={
        onSave ? (
          <Button icon={<Database size={14} />} onClick={onSave}>
            Save as dataset
          </Button>
        ) : undefined
      }
    >
      <div className="-m-5 flex h-[calc(100%+40px)] flex-col">
        {hasRows ? (
          <PaneTabs
            label={title}
            value={tab}
            onValueChange={onTabChange}
            tabs={[
              { key: "rows", label: "Rows", panel: rows },
              {
                key: "profile",
                label: "Profile",
                panel: () => <ProfileTab name={title} previewKey={preview.key} />,
              },
              {
                key: "sql",
                label: "SQL",
                panel: () => (
                  <SqlTab
                    key={`${port.node}.${port.port}`}
                    place={`${port.node}.${port.port}`}
                    previewKey={preview.key}
                    stale={port.stale}
                  />
                ),
              },
            ]}
          />
        ) : (
          <div className="flex min-h-0 flex-1 flex-col pt-3">
            <PreviewBody port={port} maxColumns={1_000} maxRows={1_000} large />
          </div>
        )}
      </div>
    </SidePane>
  );
}
