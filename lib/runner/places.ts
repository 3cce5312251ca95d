/** Where things lie below the attempt's folder. */
export const codeFolder = "code";
export const outputsFolder = "named-outputs";
