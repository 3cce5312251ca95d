"use client";

import { useState } from "react";
import { codeSample, type SampleLanguage } from "#components/endpoints/code-samples.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { PipelineEndpoint } from "#lib/pipeline-endpoints/model.ts";
import { exampleInputs } from "./input-values.ts";

const languages: { value: SampleLanguage; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "javascript", label: "JavaScript" },
];

const highlighted = { curl: "bash", python: "python", javascript: "javascript" } as const;

export interface PipelineEndpointCodeProps {
  workspace: string;
  endpoint: PipelineEndpoint;
  language: SampleLanguage;
  onLanguage: (language: SampleLanguage) => void;
  /** Who may see the keys. */
  mayChange: boolean;
}

/** Programs that start the pipeline and run as they stand. The key is put in only when it is asked for. */
export function PipelineEndpointCode(props: PipelineEndpointCodeProps) {
  const { workspace, endpoint, language, onLanguage, mayChange } = props;
  const [key, setKey] = useState<string | null>(null);
  const toast = useToast();
  const body = JSON.stringify({ inputs: exampleInputs(endpoint.inputs) });

  async function insertKey(wanted: boolean) {
    if (!wanted) return setKey(null);
    try {
      const one = { workspace, endpoint: endpoint.name };
      setKey((await api.pipelineEndpoints.credentials(one)).primaryKey);
    } catch (error) {
      const { what, why } = describeError(error);
      toast({ title: what, detail: why, kind: "failed" });
    }
  }

  return (
    <div className="flex max-w-[944px] flex-col gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-4">
        <Segmented label="Language" options={languages} value={language} onValueChange={onLanguage} />
        {mayChange ? (
          <Switch checked={key !== null} onCheckedChange={(wanted) => void insertKey(wanted)}>
            Put the primary key in
          </Switch>
        ) : null}
      </div>
      <CodeBlock
        language={highlighted[language]}
        code={codeSample(language, { scoringUri: endpoint.url, body, key })}
        label={`Start ${endpoint.name} with ${languages.find(({ value }) => value === language)?.label}`}
        copy
        wrap
      />
      <p className="text-secondary text-ink-3">
        {key === null
          ? "Without the key in it, the program reads it from the variable ENDPOINT_KEY."
          : "Whoever has this program can start the pipeline. Do not commit it."}{" "}
        The answer names the run, and has a <code className="text-code">statusUrl</code> that tells with the
        same key how it goes. Beside <code className="text-code">inputs</code> the body may have{" "}
        <code className="text-code">version</code>, <code className="text-code">experimentName</code> and{" "}
        <code className="text-code">displayName</code>.
      </p>
    </div>
  );
}
