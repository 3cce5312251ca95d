"use client";

import { Download, Upload, X } from "lucide-react";
import { useRef, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { DocumentError } from "#lib/designer/document/errors.ts";
import { useDesigner } from "../session/designer.ts";
import { patch, useStore } from "../session/store.ts";
import { usePanel, usePanels } from "../session/use-panels.ts";
import type { EditorFault } from "./code-editor.tsx";
import { downloadText } from "./download-text.ts";
import { LazyCodeEditor } from "./lazy-code-editor.tsx";

const keepAfterMs = 400;

/** The same document as text, beside the canvas. A text that cannot be read stays in the editor until it can. */
export function YamlPane() {
  const { document, faults, mayEdit } = useDesigner();
  const panels = usePanels();
  const [goTo] = usePanel("textLine");
  const close = () => patch(panels, { yaml: false, textLine: null });
  const shared = useSyncExternalStore(document.subscribe, document.getText, document.getText);
  // What is typed and not part of the document yet, with the text that it was typed into.
  const [typed, setTyped] = useState<{ text: string; base: string } | null>(null);
  const [problem, setProblem] = useState<EditorFault | null>(null);
  const latest = useRef(typed);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const found = useStore(faults, (all) => all);
  const keep = (edit: { text: string; base: string }) => {
    try {
      document.setText(edit.text, edit.base);
      setProblem(null);
      if (latest.current === edit) {
        latest.current = null;
        setTyped(null);
      }
    } catch (error) {
      const line = error instanceof DocumentError && error.line !== undefined ? error.line : 1;
      const said = error instanceof Error ? error.message : String(error);
      // The line stands beside it.
      setProblem({ line, message: said.replace(/^Line \d+: /, ""), severity: "error" });
    }
  };
  const change = (text: string) => {
    const edit = { text, base: latest.current?.base ?? shared };
    latest.current = edit;
    setTyped(edit);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => keep(edit), keepAfterMs);
  };
  const lines: EditorFault[] = problem
    ? [problem]
    : found.flatMap(({ line, message, severity }) =>
        line === undefined ? [] : [{ line, message, severity }],
      );
  return (
    <section
      aria-label="The pipeline as text"
      className="flex w-[38%] min-w-[320px] flex-none flex-col border-line border-l bg-panel max-sm:hidden"
    >
      <div className="flex h-9 flex-none items-center gap-1 border-line border-b pr-1 pl-4">
        <h2 className="text-section">YAML</h2>
        <span className="ml-2 min-w-0 flex-1 truncate text-secondary" aria-live="polite">
          {problem ? (
            <span className="text-failed">
              Line {problem.line}: {problem.message}
            </span>
          ) : typed ? (
            <span className="text-ink-3">Typing</span>
          ) : null}
        </span>
        <IconButton
          size="sm"
          label="Download the file"
          icon={<Download size={14} />}
          onClick={() =>
            downloadText(`${document.getGraphDocument().displayName || "pipeline"}.yml`, document.getText())
          }
        />
        {mayEdit ? (
          <IconButton
            size="sm"
            label="Replace by a file"
            icon={<Upload size={14} />}
            onClick={() => file.current?.click()}
          />
        ) : null}
        <IconButton size="sm" label="Close the text" icon={<X size={14} />} onClick={close} />
        <input
          ref={file}
          type="file"
          accept=".yml,.yaml,.json"
          className="hidden"
          onChange={async (event) => {
            const chosen = event.target.files?.[0];
            event.target.value = "";
            if (chosen) change(await chosen.text());
          }}
        />
      </div>
      <LazyCodeEditor
        label="Text of the pipeline"
        language="yaml"
        value={typed?.text ?? shared}
        readOnly={!mayEdit}
        faults={lines}
        goTo={goTo}
        onChange={change}
      />
      {problem && typed ? (
        <div className="flex flex-none items-center gap-2 border-line border-t px-4 py-2 text-secondary text-ink-2">
          The canvas shows the pipeline as it was. What you typed is kept here.
          <Button
            size="sm"
            className="ml-auto"
            onClick={() => {
              latest.current = null;
              setTyped(null);
              setProblem(null);
            }}
          >
            Give it up
          </Button>
        </div>
      ) : null}
    </section>
  );
}
