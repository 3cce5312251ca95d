"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";

export interface TagEditorProps {
  tags: Record<string, string>;
  /** Takes all tags as they are to be. */
  onSave: (tags: Record<string, string>) => Promise<unknown>;
  mayChange: boolean;
  /** Before the tags: labels. */
  children?: ReactNode;
}

/** Tags as they are; whoever may change them adds and removes them in place. */
export function TagEditor({ tags, onSave, mayChange, children }: TagEditorProps) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const showFailure = useFailureToast();
  const entries = Object.entries(tags);
  async function save(next: Record<string, string>) {
    try {
      await onSave(next);
      setOpen(false);
      setKey("");
      setValue("");
    } catch (error) {
      showFailure(error);
    }
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      {children}
      {entries.map(([name, text]) => (
        <Tag
          key={name}
          label={name}
          onRemove={
            mayChange
              ? () => void save(Object.fromEntries(entries.filter(([each]) => each !== name)))
              : undefined
          }
        >
          {text ? `${name}: ${text}` : name}
        </Tag>
      ))}
      {mayChange ? (
        <Popover
          title="Add a tag"
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="sm">+ Tag</Button>}
        >
          <form
            className="flex flex-col gap-3 pt-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (key.trim()) void save({ ...tags, [key.trim()]: value });
            }}
          >
            <Field label="Name">
              <Input value={key} onChange={(event) => setKey(event.target.value)} />
            </Field>
            <Field label="Value" optional>
              <Input value={value} onChange={(event) => setValue(event.target.value)} />
            </Field>
            <Button type="submit" variant="primary" disabled={!key.trim()}>
              Add tag
            </Button>
          </form>
        </Popover>
      ) : entries.length === 0 && !children ? (
        <span className="text-body text-ink-3">No tags</span>
      ) : null}
    </div>
  );
}
