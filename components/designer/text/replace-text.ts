import { Annotation } from "@codemirror/state";

/** Marks a change that came from outside of the editor. */
export const replaceText = Annotation.define<boolean>();
