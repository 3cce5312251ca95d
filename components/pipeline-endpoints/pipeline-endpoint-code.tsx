"use client";

import { CallCode } from "#components/endpoints/call-code.tsx";
import type { SampleLanguage } from "#components/endpoints/code-samples.ts";
import { api } from "#lib/api/client.ts";
import type { PipelineEndpoint } from "#lib/pipeline-endpoints/model.ts";
import { exampleInputs } from "./input-values.ts";

export interface PipelineEndpointCodeProps {
  workspace: string;
  endpoint: PipelineEndpoint;
  language: SampleLanguage;
  onLanguage: (language: SampleLanguage) => void;
  /** Who may see the keys. */
  mayChange: boolean;
}

/** Programs that start the pipeline and run as they stand. */
export function PipelineEndpointCode(props: PipelineEndpointCodeProps) {
  const { workspace, endpoint, language, onLanguage, mayChange } = props;
  const one = { workspace, endpoint: endpoint.name };
  return (
    <CallCode
      title={`Start ${endpoint.name}`}
      uri={endpoint.url}
      body={JSON.stringify({ inputs: exampleInputs(endpoint.inputs) })}
      language={language}
      onLanguage={onLanguage}
      readKey={mayChange ? async () => (await api.pipelineEndpoints.credentials(one)).primaryKey : null}
      power="start the pipeline"
    >
      The answer names the run, and has a <code className="text-code">statusUrl</code> that tells with the
      same key how it goes. Beside <code className="text-code">inputs</code> the body may have{" "}
      <code className="text-code">version</code>, <code className="text-code">experimentName</code> and{" "}
      <code className="text-code">displayName</code>.
    </CallCode>
  );
}
