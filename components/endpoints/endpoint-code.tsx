"use client";

import { api } from "#lib/api/client.ts";
import type { EndpointSummary } from "#lib/endpoints/model.ts";
import { CallCode } from "./call-code.tsx";
import type { SampleLanguage } from "./code-samples.ts";
import { readInputSchema } from "./schema-fields.ts";
import { useModelSchema } from "./use-endpoint.ts";

export interface EndpointCodeProps {
  workspace: string;
  endpoint: EndpointSummary;
  language: SampleLanguage;
  onLanguage: (language: SampleLanguage) => void;
  /** Who may see the keys. */
  mayChange: boolean;
}

/** Programs that call the endpoint and run as they stand. */
export function EndpointCode({ workspace, endpoint, language, onLanguage, mayChange }: EndpointCodeProps) {
  const shown = endpoint.deployments.find(({ traffic }) => traffic > 0) ?? endpoint.deployments[0];
  const { data } = useModelSchema(workspace, endpoint.name, shown?.name);
  const { example } = readInputSchema(data?.openapi);
  const one = { workspace, endpoint: endpoint.name };
  return (
    <CallCode
      title={`Call ${endpoint.name}`}
      uri={endpoint.scoringUri}
      body={JSON.stringify(example ?? { input_data: [] })}
      language={language}
      onLanguage={onLanguage}
      readKey={mayChange ? async () => (await api.endpoints.credentials(one)).primaryKey : null}
      power="call the endpoint"
    >
      To ask one deployment past the split, add the header{" "}
      <code className="text-code">azureml-model-deployment: {shown?.name ?? "blue"}</code>.
    </CallCode>
  );
}
