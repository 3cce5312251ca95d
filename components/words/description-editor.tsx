"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";

export interface DescriptionEditorProps {
  /** What it describes, for who cannot see where it stands: "Description of v3". */
  label?: string | undefined;
  words: string;
  onSave: (words: string) => Promise<unknown>;
  mayChange: boolean;
}

/** A description as it is; whoever may change it writes it in place. Words that were not saved stay. */
export function DescriptionEditor(props: DescriptionEditorProps) {
  const { label = "Description", words, onSave, mayChange } = props;
  const [edited, setEdited] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const showFailure = useFailureToast();
  async function save() {
    if (edited === null || busy) return;
    setBusy(true);
    try {
      await onSave(edited.trim());
      setEdited(null);
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  }
  if (edited !== null) {
    return (
      <form
        className="flex flex-col items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Textarea
          aria-label={label}
          rows={4}
          autoFocus
          value={edited}
          onChange={(event) => setEdited(event.target.value)}
        />
        <div className="flex gap-2">
          <Button disabled={busy} onClick={() => setEdited(null)}>
            Keep as it was
          </Button>
          <Button type="submit" variant="primary" busy={busy}>
            {busy ? "Saving" : "Save"}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="flex items-start gap-3">
      <p className="max-w-[70ch] min-w-0 flex-1 whitespace-pre-wrap break-words text-body text-ink-2">
        {words || <span className="text-ink-3">No description yet</span>}
      </p>
      {mayChange ? (
        <Button
          size="sm"
          aria-label={`${words ? "Change" : "Describe"}: ${label}`}
          onClick={() => setEdited(words)}
        >
          {words ? "Change" : "Describe"}
        </Button>
      ) : null}
    </div>
  );
}
