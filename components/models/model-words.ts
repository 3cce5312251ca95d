const typeWords: Record<string, string> = {
  mlflow_model: "MLflow",
  custom_model: "Custom",
  triton_model: "Triton",
};

/** A model's type as people say it. */
export function modelTypeWord(type: string): string {
  return typeWords[type] ?? type;
}
