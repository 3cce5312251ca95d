/**
 * Tags by which MLflow's clients know what the studio keeps in columns of its own. They are not stored as tags: what is
 * written to them goes to the column, and they are made up from it when a client reads.
 */
export const columnTags = {
  "mlflow.runName": "displayName",
  "mlflow.note.content": "description",
} as const;

export const parentTag = "mlflow.parentRunId";
export const userTag = "mlflow.user";

export function isColumnTag(key: string): key is keyof typeof columnTags {
  return key in columnTags;
}
