export interface Size {
  width: number;
  height: number;
}

const stepX = 288;
const stepY = 104;
/** Between two boxes. */
export const gap = { x: stepX - 246, y: stepY - 56 };

export interface Grid {
  count: number;
  columns: number;
  place(index: number): { x: number; y: number };
}

/** Steps in chains side by side, in a field about as wide as high. */
export function makeGrid(count: number): Grid {
  const columns = Math.round(Math.sqrt((count * stepY) / stepX));
  return {
    count,
    columns,
    place: (index) => ({ x: (index % columns) * stepX, y: Math.floor(index / columns) * stepY + stepY }),
  };
}

/** A pipeline of so many steps, each fed by the one above it. */
export function makePipeline({ count, columns, place }: Grid): string {
  const ref = "azureml://registries/atelier/components/select_columns_in_dataset";
  const jobs = Array.from({ length: count }, (_, index) => {
    const above = index - columns;
    const source = above < 0 ? "parent.inputs.table" : `parent.jobs.step_${above}.outputs.results_dataset`;
    return `  step_${index}:\n    component: ${ref}\n    inputs:\n      dataset: \${{${source}}}`;
  });
  const positions = Array.from({ length: count }, (_, index) => {
    const { x, y } = place(index);
    return `    step_${index}: [${x}, ${y}]`;
  });
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
    ...positions,
    "",
  ].join("\n");
}
