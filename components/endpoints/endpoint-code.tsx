"use client";

import { useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api } from "#lib/api/client.ts";
import type { EndpointSummary } from "#lib/endpoints/model.ts";
import { codeSample, type SampleLanguage } from "./code-samples.ts";
import { readInputSchema } from "./schema-fields.ts";
import { useModelSchema } from "./use-endpoint.ts";

const languages: { value: SampleLanguage; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "javascript", label: "JavaScript" },
];

const highlighted = { curl: "bash", python: "python", javascript: "javascript" } as const;

export interface EndpointCodeProps {
  workspace: string;
  endpoint: EndpointSummary;
  language: SampleLanguage;
  onLanguage: (language: SampleLanguage) => void;
  /** Who may see the keys. */
  mayChange: boolean;
}

/** Programs that call the endpoint and run as they stand. The key is put in only when it is asked for. */
export function EndpointCode({ workspace, endpoint, language, onLanguage, mayChange }: EndpointCodeProps) {
  const [key, setKey] = useState<string | null>(null);
  const toast = useToast();
  const shown = endpoint.deployments.find(({ traffic }) => traffic > 0) ?? endpoint.deployments[0];
  const { data } = useModelSchema(workspace, endpoint.name, shown?.name);
  const { example } = readInputSchema(data?.openapi);
  const body = JSON.stringify(example ?? { input_data: [] });

  async function insertKey(wanted: boolean) {
    if (!wanted) return setKey(null);
    try {
      const { primaryKey } = await api.endpoints.credentials({ workspace, endpoint: endpoint.name });
      setKey(primaryKey);
    } catch (error) {
      const { what, why } = describeError(error);
      toast({ title: what, ...(why ? { detail: why } : {}), kind: "failed" });
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
        code={codeSample(language, { scoringUri: endpoint.scoringUri, body, key })}
        label={`Call ${endpoint.name} with ${languages.find(({ value }) => value === language)?.label}`}
        copy
        wrap
      />
      <p className="text-secondary text-ink-3">
        {key === null
          ? "Without the key in it, the program reads it from the variable ENDPOINT_KEY."
          : "Whoever has this program can call the endpoint. Do not commit it."}{" "}
        To ask one deployment past the split, add the header{" "}
        <code className="text-code">azureml-model-deployment: {shown?.name ?? "blue"}</code>.
      </p>
    </div>
  );
}
