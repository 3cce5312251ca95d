"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { keyLabel, useIsMac } from "./key-label.ts";
import { setSingleKeys, useShortcuts, useSingleKeys } from "./shortcuts.ts";

const first = ["Everywhere", "Go to"];

/** Every key that acts on the page in view. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const shortcuts = useShortcuts();
  const single = useSingleKeys();
  const mac = useIsMac();
  const groups = Map.groupBy(
    shortcuts.filter((one, index) => shortcuts.findLastIndex((other) => other.keys === one.keys) === index),
    (shortcut) => shortcut.group,
  );
  const order = (group: string) => first.indexOf(group) + (first.includes(group) ? 0 : first.length + 1);
  const sorted = [...groups].sort(([a], [b]) => order(a) - order(b));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="Single letters act when no field has the focus."
      footer={
        <Switch checked={single} onCheckedChange={setSingleKeys}>
          Single-letter keys
        </Switch>
      }
    >
      <div className="gap-x-8 sm:columns-2">
        {sorted.map(([group, entries]) => (
          <section key={group} className="mb-4">
            <h3 className="mb-1 text-caption text-ink-3">{group}</h3>
            <dl className="flex flex-col">
              {entries.map((entry) => (
                <div key={entry.keys} className="flex min-h-7 break-inside-avoid items-center gap-3">
                  <dt className="min-w-0 flex-1 text-body">{entry.label}</dt>
                  <dd>
                    <Kbd keys={keyLabel(entry.keys, mac)} split />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
