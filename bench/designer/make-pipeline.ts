const columns = 20;

/** A pipeline of so many steps in chains side by side, each fed by the one above it. */
export function makePipeline(count: number): string {
  const ref = "azureml://registries/atelier/components/select_columns_in_dataset";
  const jobs = Array.from({ length: count }, (_, index) => {
    const above = index - columns;
    const source = above < 0 ? "parent.inputs.table" : `parent.jobs.step_${above}.outputs.results_dataset`;
    return `  step_${index}:\n    component: ${ref}\n    inputs:\n      dataset: \${{${source}}}`;
  });
  const places = Array.from(
    { length: count },
    (_, index) =>
      `    step_${index}: [${(index % columns) * 288}, ${Math.floor(index / columns) * 104 + 104}]`,
  );
  return [
    "type: pipeline",
    `display_name: ${count} steps`,
    "inputs:",
    "  table: {type: uri_file, path: azureml:table@latest}",
    "jobs:",
    ...jobs,
    "designer:",
    "  positions:",
    "    inputs.table: [0, 0]",
    ...places,
    "",
  ].join("\n");
}
