"use client";

import { Play, RotateCcw } from "lucide-react";
import { useMemo, useState } from "react";
import { useKeyLabel } from "#components/shell/key-label.ts";
import { useShortcut } from "#components/shell/shortcuts.ts";
import { Button } from "#components/ui/button.tsx";
import { explainError } from "#components/ui/describe-error.ts";
import { Notice } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { api } from "#lib/api/client.ts";
import type { EndpointSummary, InvokeResult } from "#lib/endpoints/model.ts";
import { readReply } from "./read-reply.ts";
import { RecentTests, type SentTest } from "./recent-tests.tsx";
import { exampleValues, readForm, readInputSchema } from "./schema-fields.ts";
import { TestForm } from "./test-form.tsx";
import { TestResponse } from "./test-response.tsx";
import { useModelSchema } from "./use-endpoint.ts";

const bySplit = "\u0000split";
const recentShown = 8;

export interface EndpointTestProps {
  workspace: string;
  endpoint: EndpointSummary;
  looks: ReadonlyMap<string, number>;
  mayChange: boolean;
}

/** Ask the endpoint as a caller does: a form from the model's inputs, or JSON; the reply with who gave it and how fast. */
export function EndpointTest({ workspace, endpoint, looks, mayChange }: EndpointTestProps) {
  const { deployments } = endpoint;
  const [target, setTarget] = useState<string>(bySplit);
  const largest = [...deployments].sort((a, b) => b.traffic - a.traffic)[0];
  const asked = deployments.find(({ name }) => name === target) ?? largest;
  const schemaQuery = useModelSchema(workspace, endpoint.name, asked?.name);
  const schema = useMemo(() => readInputSchema(schemaQuery.data?.openapi), [schemaQuery.data]);
  const [mode, setMode] = useState<"form" | "json">("form");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [typedJson, setTypedJson] = useState<string | null>(null);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [result, setResult] = useState<InvokeResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [tests, setTests] = useState<SentTest[]>([]);

  const sendKeys = useKeyLabel("mod+enter");
  const values = { ...exampleValues(schema), ...typed };
  const withForm = mode === "form" && schema.fields !== null;
  const json =
    typedJson ??
    (schema.fields ? readForm(schema.fields, values).body : JSON.stringify(schema.example ?? {}, null, 2));
  const jsonFault = withForm ? null : faultOfJson(json);
  const modelOf = (name: string) => {
    const model = deployments.find((item) => item.name === name)?.model;
    return model ? `${model.name} v${model.version}` : "";
  };

  async function send() {
    if (busy) return;
    const form = withForm && schema.fields ? readForm(schema.fields, values) : null;
    setFaults(form?.faults ?? {});
    if (form ? Object.keys(form.faults).length > 0 : jsonFault !== null) return;
    const body = form?.body ?? json;
    setBusy(true);
    setProblem(null);
    try {
      const reply = await api.endpoints.invoke({
        workspace,
        endpoint: endpoint.name,
        body,
        probabilities: schema.classes !== null,
        ...(target === bySplit ? {} : { deployment: target }),
      });
      setResult(reply);
      const { error, faultyField } = readReply(reply);
      if (form && error && faultyField && schema.fields?.some(({ name }) => name === faultyField)) {
        setFaults({ [faultyField]: error.replace(`${faultyField}: `, "") });
      }
      const sent = { id: Date.now(), at: Date.now(), body, values: form ? values : null, result: reply };
      setTests((before) => [sent, ...before].slice(0, recentShown));
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }
  useShortcut(
    mayChange
      ? { keys: "mod+enter", label: "Send the test", group: "Endpoint", run: () => void send() }
      : null,
  );

  if (!mayChange) {
    return (
      <p className="p-6 text-body text-ink-2">
        Testing needs the role contributor. Ask an owner of the workspace.
      </p>
    );
  }
  if (!asked) return <p className="p-6 text-body text-ink-2">Deploy a model first, then test it here.</p>;
  return (
    <div className="grid min-h-0 flex-1 wide:grid-cols-[minmax(0,1fr)_400px]">
      <div className="flex min-w-0 flex-col gap-4 p-4 sm:px-6">
        <div className="flex flex-wrap items-center gap-2">
          {schema.fields ? (
            <Segmented
              label="How to enter the input"
              options={[
                { value: "form", label: "Form" },
                { value: "json", label: "JSON" },
              ]}
              value={mode}
              onValueChange={(next) => {
                if (next === "json") setTypedJson(null);
                setMode(next);
              }}
            />
          ) : null}
          <Button
            variant="quiet"
            icon={<RotateCcw size={14} />}
            onClick={() => {
              setTyped({});
              setTypedJson(null);
              setFaults({});
            }}
          >
            Example row
          </Button>
          <div className="ml-auto flex items-center gap-2">
            <span className="text-secondary text-ink-3" id="send-to">
              Send to
            </span>
            <Select
              aria-label="Send to"
              variant="button"
              options={[
                { value: bySplit, label: "By traffic split" },
                ...deployments.map(({ name }) => ({ value: name, label: name, hint: modelOf(name) })),
              ]}
              value={target}
              onValueChange={setTarget}
            />
            <Button
              variant="primary"
              icon={<Play size={14} />}
              busy={busy}
              onClick={() => void send()}
              trailing={busy ? null : <Kbd keys={sendKeys} />}
            >
              {busy ? "Sending" : "Send"}
            </Button>
          </div>
        </div>
        {problem ? <Notice tone="warning">{problem}</Notice> : null}
        {schemaQuery.data && !schemaQuery.data.openapi ? (
          <Notice tone="info">{asked.name} has not been ready yet, so its inputs are not known.</Notice>
        ) : null}
        {withForm && schema.fields ? (
          <TestForm
            fields={schema.fields}
            values={values}
            faults={faults}
            onChange={(name, value) => {
              setTyped((before) => ({ ...before, [name]: value }));
              setFaults(({ [name]: _, ...rest }) => rest);
            }}
          />
        ) : (
          <Field label="Body" error={jsonFault ?? undefined}>
            <Textarea
              mono
              rows={18}
              value={json}
              onChange={(event) => setTypedJson(event.target.value)}
              spellCheck={false}
            />
          </Field>
        )}
        {withForm ? (
          <p className="text-secondary text-ink-3">The form follows the inputs of {modelOf(asked.name)}.</p>
        ) : null}
        <RecentTests
          tests={tests}
          looks={looks}
          onPick={(test) => {
            setResult(test.result);
            setFaults({});
            if (test.values) {
              setMode("form");
              setTyped(test.values);
            } else {
              setMode("json");
              setTypedJson(test.body);
            }
          }}
        />
      </div>
      <aside className="min-w-0 border-line p-4 sm:px-5 max-wide:border-t wide:border-l">
        <TestResponse result={result} looks={looks} modelOf={modelOf} scores={schema.scores} />
      </aside>
    </div>
  );
}

function faultOfJson(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "is not JSON";
  }
}
