"use client";

import { FileCode } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { StepView } from "../model/canvas-model.ts";
import { findStepLine, listWritten } from "../model/written-parts.ts";
import { useDesigner } from "../session/designer.ts";
import { patch } from "../session/store.ts";
import { usePanels } from "../session/use-panels.ts";

/** Of a step that is written out in its node: what only the text changes, and the way there. */
export function WrittenOut({ view }: { view: StepView }) {
  const { document, mayEdit } = useDesigner();
  const panels = usePanels();
  if (view.node.ref !== null) return null;
  return (
    <section aria-label="Written in the text" className="-mx-4 mt-2 border-line border-t px-4 pt-4">
      <div className="flex items-center gap-2">
        <h3 className="text-section">Written in the text</h3>
        <Button
          size="sm"
          className="ml-auto max-sm:hidden"
          icon={<FileCode size={12} />}
          onClick={() => patch(panels, { yaml: true, textLine: findStepLine(document.getText(), view.id) })}
        >
          {mayEdit ? "Edit in the text" : "Show in the text"}
        </Button>
      </div>
      <div className="mt-3 flex flex-col gap-3">
        {listWritten(view.node).map(({ title, text, language }) => (
          <div key={title} className="flex flex-col gap-1">
            <span className="text-label text-ink-2">{title}</span>
            <CodeBlock code={text} language={language} label={title} maxHeight={200} wrap />
          </div>
        ))}
      </div>
    </section>
  );
}
