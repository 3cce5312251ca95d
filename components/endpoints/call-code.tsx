"use client";

import { type ReactNode, useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useFailureToast } from "#components/ui/toast.tsx";
import { codeSample, type SampleLanguage } from "./code-samples.ts";

const languages: { value: SampleLanguage; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "javascript", label: "JavaScript" },
];

const highlighted = { curl: "bash", python: "python", javascript: "javascript" } as const;

export interface CallCodeProps {
  /** `Call deposits`: before the language in the block's label. */
  title: string;
  uri: string;
  body: string;
  language: SampleLanguage;
  onLanguage: (language: SampleLanguage) => void;
  /** Who may see the keys; null for others. */
  readKey: (() => Promise<string>) | null;
  /** What the holder of the program can do: `call the endpoint`. */
  power: string;
  children: ReactNode;
}

/** Programs that call an address and run as they stand. The key is put in only when it is asked for. */
export function CallCode(props: CallCodeProps) {
  const { title, uri, body, language, onLanguage, readKey, power, children } = props;
  const [key, setKey] = useState<string | null>(null);
  const showFailure = useFailureToast();

  async function insertKey(wanted: boolean) {
    if (!wanted || !readKey) return setKey(null);
    try {
      setKey(await readKey());
    } catch (error) {
      showFailure(error);
    }
  }

  return (
    <div className="flex max-w-[944px] flex-col gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-4">
        <Segmented label="Language" options={languages} value={language} onValueChange={onLanguage} />
        {readKey ? (
          <Switch checked={key !== null} onCheckedChange={(wanted) => void insertKey(wanted)}>
            Put the primary key in
          </Switch>
        ) : null}
      </div>
      <CodeBlock
        language={highlighted[language]}
        code={codeSample(language, { scoringUri: uri, body, key })}
        label={`${title} with ${languages.find(({ value }) => value === language)?.label}`}
        copy
        wrap
      />
      <p className="text-secondary text-ink-3">
        {key === null
          ? "Without the key in it, the program reads it from the variable ENDPOINT_KEY."
          : `Whoever has this program can ${power}. Do not commit it.`}{" "}
        {children}
      </p>
    </div>
  );
}
