"use client";

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { sql } from "@codemirror/lang-sql";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { editorTheme } from "./editor-theme.ts";
import { replaceText } from "./replace-text.ts";

const languages = { python, sql, yaml };

export interface EditorFault {
  /** From 1. */
  line: number;
  message: string;
  severity: "error" | "warning";
}

export interface CodeEditorProps {
  id?: string | undefined;
  label: string;
  /** The id of what is said about it: a note, a fault. */
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
  language: keyof typeof languages;
  value: string;
  readOnly?: boolean | undefined;
  /** In pixels; all that there is when left out. */
  height?: number | undefined;
  faults?: readonly EditorFault[] | undefined;
  /** A line to show, from 1. */
  goTo?: number | null | undefined;
  onChange: (value: string) => void;
  onFocus?: (() => void) | undefined;
  onBlur?: (() => void) | undefined;
}

/** CodeMirror in our colours. A text that comes from outside changes only what differs, so that the cursor stays. */
export function CodeEditor(props: CodeEditorProps) {
  const { id, label, describedBy, invalid, language, value, readOnly = false, height, faults, goTo } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const mode = useRef(new Compartment());
  const said = useRef(new Compartment());
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!box.current) return;
    const taken = EditorState.readOnly.of(latest.current.readOnly ?? false);
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          indentOnInput(),
          bracketMatching(),
          lintGutter(),
          indentUnit.of(language === "python" ? "    " : "  "),
          languages[language](),
          keymap.of([
            // Tab writes a tab; Escape gives it back to the page for a moment.
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            indentWithTab,
          ]),
          editorTheme,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", ...(id ? { id } : {}) }),
          mode.current.of(taken),
          said.current.of([]),
          EditorView.updateListener.of((update) => {
            const outside = update.transactions.some((one) => one.annotation(replaceText) === true);
            if (update.docChanged && !outside) latest.current.onChange(update.state.doc.toString());
            if (!update.focusChanged) return;
            if (update.view.hasFocus) latest.current.onFocus?.();
            else latest.current.onBlur?.();
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [id, label, language]);

  useEffect(() => {
    const attributes = EditorView.contentAttributes.of({
      ...(describedBy ? { "aria-describedby": describedBy } : {}),
      ...(invalid ? { "aria-invalid": "true" } : {}),
    });
    view.current?.dispatch({ effects: said.current.reconfigure(attributes) });
  }, [describedBy, invalid]);

  useEffect(() => {
    view.current?.dispatch({ effects: mode.current.reconfigure(EditorState.readOnly.of(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const now = editor.state.doc.toString();
    if (now === value) return;
    let start = 0;
    while (start < now.length && start < value.length && now[start] === value[start]) start += 1;
    let end = 0;
    while (end < Math.min(now.length, value.length) - start && now.at(-1 - end) === value.at(-1 - end))
      end += 1;
    editor.dispatch({
      changes: { from: start, to: now.length - end, insert: value.slice(start, value.length - end) },
      annotations: replaceText.of(true),
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { doc } = editor.state;
    const found = (faults ?? []).map((fault): Diagnostic => {
      const line = doc.line(Math.min(Math.max(1, fault.line), doc.lines));
      return { from: line.from, to: line.to, message: fault.message, severity: fault.severity };
    });
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [faults]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo) return;
    const line = editor.state.doc.line(Math.min(goTo, editor.state.doc.lines));
    editor.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    editor.focus();
  }, [goTo]);

  return (
    <div
      ref={box}
      style={height === undefined ? undefined : { height }}
      className={height === undefined ? "min-h-0 flex-1 overflow-hidden" : "field-edge overflow-hidden"}
    />
  );
}
