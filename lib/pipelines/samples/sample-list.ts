/** The sample pipelines in the order of the gallery: the names of files in `sample/pipelines`. */
export const samplePipelineNames = [
  "binary-classification",
  "multiclass-classification",
  "regression",
  "clustering",
  "anomaly-detection",
  "custom-python",
] as const;
export type SamplePipelineName = (typeof samplePipelineNames)[number];

/** What their tables say of themselves: the name of the dataset, which is that of its file, and a line on it. */
export const sampleTables: Readonly<Record<string, string>> = {
  "sample-bank-clients":
    "4,000 calls of a bank: who the client is, what was tried before, whether a term deposit came of it. Made up.",
  "sample-grain-kernels": "1,200 kernels of wheat, rye and barley with seven measures of each. Made up.",
  "sample-cab-trips": "3,000 trips of green cabs: when, how far, how many people, what it cost. Made up.",
  "sample-shop-customers": "1,500 customers of a shop: how often they come, what they spend. Made up.",
  "sample-pump-readings": "2,500 readings of a pump; in 50 of them something was wrong. Made up.",
};
