import { type ComponentLookup, type FoundComponent, inlineComponent } from "#lib/components/lookup.ts";
import type { ComponentDefinition, ParameterDefinition, PortType } from "#lib/components/model.ts";
import { loadSpecText } from "#lib/spec/load-text.ts";

/** A module as its file would say it: `in: type` and `out: type`. */
export function moduleOf(
  name: string,
  inputs: Record<string, PortType>,
  outputs: Record<string, PortType>,
  parameters: Partial<ParameterDefinition>[] = [],
): FoundComponent {
  const ports = (items: Record<string, PortType>) =>
    Object.entries(items).map(([port, type]) => ({
      name: port.replace("?", ""),
      displayName: port,
      type,
      optional: port.endsWith("?"),
      description: "",
    }));
  const definition: ComponentDefinition = {
    kind: "module",
    name,
    version: "1",
    displayName: name,
    description: "",
    help: "",
    category: "training",
    icon: "box",
    isDeterministic: true,
    cost: name.startsWith("train") ? "heavy" : "light",
    inputs: ports(inputs),
    outputs: ports(outputs),
    parameters: parameters.map((item) => ({
      name: "",
      displayName: "",
      type: "string",
      optional: false,
      description: "",
      advanced: false,
      ...item,
    })),
    digest: `digest of ${name}`,
    ref: `azureml://registries/atelier/components/${name}`,
  };
  return {
    definition,
    body: { kind: "module", module: name, environment: "designer-1" },
    assetVersionId: null,
  };
}

const componentFiles = [
  `name: prepare
version: 3
inputs:
  raw: {type: uri_folder}
  rate: {type: number, default: 0.5, min: 0, max: 1}
  kind: {type: string, enum: [fast, slow], default: fast}
  seed: {type: integer, optional: true}
outputs:
  clean: {type: uri_folder}
environment: azureml://registries/azureml/environments/sklearn-1.5/labels/latest
command: python prepare.py \${{inputs.raw}} \${{inputs.rate}} \${{inputs.kind}} $[[--seed \${{inputs.seed}}]] \${{outputs.clean}}
`,
  `name: both
version: 1
type: pipeline
inputs:
  raw: {type: uri_folder}
  rate: {type: number, default: 0.25}
outputs:
  clean: {type: uri_folder}
jobs:
  one:
    component: azureml:prepare:3
    inputs: {raw: "\${{parent.inputs.raw}}", rate: "\${{parent.inputs.rate}}"}
  two:
    component: azureml:prepare:3
    inputs: {raw: "\${{parent.jobs.one.outputs.clean}}"}
    outputs: {clean: "\${{parent.outputs.clean}}"}
`,
];

const modules = [
  moduleOf(
    "clean_missing_data",
    { dataset: "data_frame" },
    { cleaned_dataset: "data_frame", cleaning_transformation: "transform" },
    [
      { name: "cleaning_mode", enum: ["mean", "custom_value"], default: "mean" },
      { name: "replacement_value", visibleWhen: { cleaning_mode: ["custom_value"] } },
    ],
  ),
  moduleOf("two_class_logistic_regression", {}, { untrained_model: "untrained_model" }, [
    { name: "l2_weight", type: "number", default: 1, min: 0 },
  ]),
  moduleOf(
    "train_model",
    { untrained_model: "untrained_model", dataset: "data_frame" },
    { trained_model: "trained_model" },
    [{ name: "label_column" }],
  ),
  moduleOf(
    "score_model",
    { trained_model: "trained_model", dataset: "data_frame" },
    { scored_dataset: "data_frame" },
  ),
];

/** Two components of a workspace (`azureml:prepare:3`, `azureml:both:1`) and four modules. */
export function sampleLookup(): ComponentLookup {
  const found = new Map<string, FoundComponent>();
  for (const text of componentFiles) {
    const { spec } = loadSpecText(text, { kind: "component" });
    const component = inlineComponent(spec);
    const { name, version } = component.definition;
    for (const ref of [`azureml:${name}:${version}`, `azureml:${name}@latest`]) found.set(ref, component);
  }
  for (const module of modules) found.set(module.definition.ref, module);
  for (const module of modules) found.set(`atelier:${module.definition.name}`, module);
  return {
    find: (ref) => found.get(ref) ?? null,
    names: () => [...new Set([...found.values()].map(({ definition }) => definition.name))],
  };
}

export const trainingPipeline = `type: pipeline
inputs:
  bank: {type: uri_file, path: azureml:bank-marketing@latest}
  l2: 0.1
outputs:
  model: {type: custom_model}
jobs:
  clean:
    component: atelier:clean_missing_data
    inputs:
      dataset: \${{parent.inputs.bank}}
  learner:
    component: azureml://registries/atelier/components/two_class_logistic_regression
    inputs: {l2_weight: "\${{parent.inputs.l2}}"}
  train:
    component: atelier:train_model
    display_name: Train
    inputs:
      untrained_model: \${{parent.jobs.learner.outputs.untrained_model}}
      dataset: \${{parent.jobs.clean.outputs.cleaned_dataset}}
      label_column: y
    outputs:
      trained_model: \${{parent.outputs.model}}
  score:
    component: atelier:score_model
    inputs:
      trained_model: \${{parent.jobs.train.outputs.trained_model}}
      dataset: \${{parent.jobs.clean.outputs.cleaned_dataset}}
`;
