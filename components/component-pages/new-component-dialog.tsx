"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { parseDocument } from "yaml";
import { CodeField } from "#components/runs/new-run/code-field.tsx";
import { YamlEditor } from "#components/runs/new-run/yaml-editor.tsx";
import type { UploadedCode } from "#components/runs/upload-code.ts";
import { Button } from "#components/ui/button.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import { codePath, exampleComponent, withUploadedCode } from "./component-file.ts";
import { componentHref } from "./component-words.ts";

interface NewComponentDialogProps {
  workspace: string;
  /** Begins with the file of a version. */
  text?: string | undefined;
  onClose: () => void;
}

/** The line of the text that an error names, by its path in the file. */
function lineOf(text: string, path: string): number | null {
  const node = parseDocument(text).getIn(path.split("."), true) as {
    range?: [number, number, number];
  } | null;
  return node?.range ? text.slice(0, node.range[0]).split("\n").length : null;
}

/** A component from its file, and the folder of its code. */
export function NewComponentDialog({ workspace, text: given, onClose }: NewComponentDialogProps) {
  const [text, setText] = useState(given ?? exampleComponent);
  const [code, setCode] = useState<UploadedCode | null>(null);
  const [uploading, setUploading] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; marked: ReadonlyMap<number, string> }>();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const needsCode = useMemo(() => codePath(text) !== null, [text]);

  async function create() {
    setBusy(true);
    setProblem(undefined);
    try {
      const spec = code ? withUploadedCode(text, code.digest) : text;
      const made = await api.components.create({ workspace, spec, ...(code ? { specText: text } : {}) });
      await queries.invalidateQueries({ queryKey: orpc.components.key() });
      toast({ title: `${made.name} v${made.version} made`, kind: "completed" });
      onClose();
      navigate.push(componentHref(workspace, made.name));
    } catch (error) {
      setProblem({ text: explainError(error), marked: markedLines(text, error) });
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      width={760}
      closeOnOutside={false}
      onOpenChange={(open) => !open && onClose()}
      title={given ? "Make the next version" : "New component"}
      description="A step of your own: what goes in, what comes out, and the command between."
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Not now
          </Button>
          <Button variant="primary" busy={busy} disabled={uploading} onClick={() => void create()}>
            {busy ? "Making" : "Make component"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? <Notice tone="warning">{problem.text}</Notice> : null}
        <YamlEditor
          label="Component file"
          text={text}
          onChange={setText}
          marked={problem?.marked ?? new Map()}
        />
        {needsCode ? (
          <CodeField
            workspace={workspace}
            code={code}
            onChange={setCode}
            onUploading={setUploading}
            error={undefined}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

interface Issue {
  path: string;
  message: string;
  location?: string;
}

function markedLines(text: string, error: unknown): ReadonlyMap<number, string> {
  const issues = (error as { data?: { issues?: Issue[] } }).data?.issues ?? [];
  return new Map(
    issues.flatMap(({ path, message, location }): [number, string][] => {
      const told = /:(\d+)(?::\d+)?$/.exec(location ?? "")?.[1];
      const line = told ? Number(told) : lineOf(text, path);
      return line === null ? [] : [[line, message]];
    }),
  );
}
