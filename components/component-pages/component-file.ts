import { parseDocument } from "yaml";

/** What the dialog begins with: a command component that works as it stands. */
export const exampleComponent = `type: command
name: add_ratio
display_name: Add Ratio
description: Divides one column by another.
inputs:
  table:
    type: uri_folder
  over:
    type: string
  under:
    type: string
outputs:
  result:
    type: uri_folder
environment: azureml:designer-1@latest
code: ./
command: >-
  python add_ratio.py --table \${{inputs.table}} --over \${{inputs.over}} --under \${{inputs.under}}
  --result \${{outputs.result}}
`;

/** Where the code of a component file is, if it is a folder beside the file. */
export function codePath(text: string): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const code = document.get("code");
  return typeof code === "string" && !/^[a-z+]+:/.test(code) ? code : null;
}

/** The same file with its code named by what was uploaded. */
export function withUploadedCode(text: string, digest: string): string {
  const document = parseDocument(text);
  document.set("code", uploadedCodeRef(digest));
  return document.toString({ lineWidth: 0 });
}

/** How code that was uploaded is named in a file, as in the studio our users come from. */
export function uploadedCodeRef(digest: string): string {
  return `azureml://codes/${digest}/versions/1`;
}
