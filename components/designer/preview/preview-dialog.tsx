"use client";

import { SidePane } from "#components/ui/side-pane.tsx";
import { describePreview } from "./describe-preview.ts";
import { PreviewBody } from "./preview-body.tsx";
import type { PortPreview } from "./use-preview.ts";

/** The preview with all its columns and rows. */
export function PreviewDialog({
  title,
  port,
  onClose,
}: {
  title: string;
  port: PortPreview;
  onClose: () => void;
}) {
  return (
    <SidePane
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      subtitle={port.preview?.result ? describePreview(port.preview.result) : undefined}
      width={1064}
    >
      <PreviewBody port={port} maxColumns={1_000} maxRows={1_000} large />
    </SidePane>
  );
}
