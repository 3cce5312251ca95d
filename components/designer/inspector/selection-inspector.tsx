"use client";

import {
  AlignCenterVertical,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  Copy,
  Group,
  Trash2,
} from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTidy } from "../canvas/use-tidy.ts";
import {
  type Alignment,
  alignSelected,
  duplicateSelected,
  groupSelected,
  removeSelected,
} from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";

const alignments: { how: Alignment; label: string; icon: typeof Copy }[] = [
  { how: "left", label: "Left edges in line", icon: AlignStartVertical },
  { how: "center", label: "Middles in line", icon: AlignCenterVertical },
  { how: "right", label: "Right edges in line", icon: AlignEndVertical },
  { how: "top", label: "Tops in line", icon: AlignStartHorizontal },
  { how: "row", label: "In a row", icon: AlignHorizontalSpaceAround },
  { how: "column", label: "In a column", icon: AlignVerticalSpaceAround },
];

/** What can be done to several nodes at once. */
export function SelectionInspector({ count }: { count: number }) {
  const designer = useDesigner();
  const tidy = useTidy();
  return (
    <>
      <h2 className="flex-none border-line border-b px-4 py-3 text-section">{count} selected</h2>
      {designer.mayEdit ? (
        <div role="tabpanel" aria-label="Selection" className="flex flex-col gap-4 p-4">
          <div className="flex flex-col gap-1">
            <span className="text-label text-ink-2">Align</span>
            <div className="flex gap-1">
              {alignments.map(({ how, label, icon: Icon }) => (
                <IconButton
                  key={how}
                  label={label}
                  icon={<Icon size={16} />}
                  variant="default"
                  onClick={() => alignSelected(designer, how)}
                />
              ))}
            </div>
          </div>
          <div className="flex flex-col items-start gap-2">
            <Button onClick={() => void tidy()}>Tidy these</Button>
            <Button icon={<Group size={14} />} onClick={() => groupSelected(designer)}>
              Group
            </Button>
            <Button icon={<Copy size={14} />} onClick={() => duplicateSelected(designer)}>
              Duplicate
            </Button>
            <Button variant="danger" icon={<Trash2 size={14} />} onClick={() => removeSelected(designer)}>
              Remove {count}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}
