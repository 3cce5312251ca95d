"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio.tsx";
import { Select } from "#components/ui/select.tsx";
import { type InstanceType, instanceTypes } from "#lib/endpoints/model.ts";
import { type DeployProblem, type DeployTarget, newEndpoint } from "./use-deploy-target.ts";

const sizes = (Object.keys(instanceTypes) as InstanceType[]).map((value) => {
  const { cpus, memoryMib } = instanceTypes[value];
  return { value, label: value, hint: `${cpus} CPU, ${memoryMib / 1024} GiB` };
});

interface DeployTargetFieldsProps {
  target: DeployTarget;
  problem: DeployProblem | null;
  busy: boolean;
}

/** The cells of a form of two columns: which endpoint, and what the deployment is. */
export function DeployTargetFields({ target, problem, busy }: DeployTargetFieldsProps) {
  const faultOf = (path: string) => (problem?.path === path ? problem.text : undefined);
  return (
    <>
      {target.fixed ? null : (
        <Field label="Endpoint" help={target.isNew ? undefined : "Its address and keys stay"}>
          <Select
            size="lg"
            options={[
              { value: newEndpoint, label: "New endpoint" },
              ...target.endpoints.map((item) => ({ value: item.name, label: item.name })),
            ]}
            value={target.target}
            disabled={busy}
            onValueChange={target.choose}
          />
        </Field>
      )}
      {target.isNew ? (
        <Field label="Name" help="Part of its address; 3 to 32 characters" error={faultOf("endpoint.name")}>
          <Input
            size="lg"
            value={target.name}
            disabled={busy}
            onChange={(event) => target.setName(event.target.value)}
          />
        </Field>
      ) : null}
      <Field label="Deployment" error={faultOf("deployment.name")}>
        <Input
          size="lg"
          value={target.deployment}
          disabled={busy}
          onChange={(event) => target.setDeployment(event.target.value)}
        />
      </Field>
      <Field label="Size of an instance">
        <Select
          size="lg"
          options={sizes}
          value={target.size}
          onValueChange={target.setSize}
          disabled={busy}
        />
      </Field>
      <Field label="Instances" error={faultOf("deployment.instance_count")}>
        <Input
          size="lg"
          type="number"
          min={1}
          max={20}
          value={target.count}
          disabled={busy}
          onChange={(event) => target.setCount(event.target.value)}
        />
      </Field>
    </>
  );
}

/** What becomes of the traffic of an endpoint that has deployments. */
export function TrafficChoice({ target, busy }: { target: DeployTarget; busy: boolean }) {
  if (target.first) {
    return <p className="text-secondary text-ink-3">All traffic goes to it as soon as it is ready.</p>;
  }
  const { former, removeFormer } = target;
  const others = joinNames(target.taken);
  return (
    <div className="flex flex-col gap-2">
      <RadioGroup
        label="Traffic"
        direction="column"
        options={[
          {
            value: "beside",
            label: `Beside ${others}`,
            help: "It takes no traffic until you give it some; it can be tested before",
            disabled: busy,
          },
          {
            value: "replace",
            label: `In place of ${joinNames(former.length > 0 ? former : target.taken)}`,
            help: "All traffic moves to it as soon as it is ready; the address and the keys stay",
            disabled: busy,
          },
        ]}
        value={target.allTraffic ? "replace" : "beside"}
        onValueChange={(value) => target.setAllTraffic(value === "replace")}
      />
      {target.allTraffic && former.length > 0 ? (
        <Checkbox
          className="ml-6"
          checked={removeFormer}
          disabled={busy}
          onCheckedChange={target.setRemoveFormer}
        >
          Remove {joinNames(former)} once {target.deployment} answers
        </Checkbox>
      ) : null}
    </div>
  );
}

function joinNames(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}
