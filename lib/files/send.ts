import { Readable } from "node:stream";
import { contentTypeOf } from "./model.ts";

/**
 * Answers with a file. Shown in the page only as text, image or JSON and never as HTML, so that an uploaded file cannot
 * act as the person who opens it.
 */
export function sendFile(
  file: { body: Readable; sizeBytes: number },
  path: string,
  download: boolean,
): Response {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const type = contentTypeOf(path);
  const inline = !download && type !== "application/octet-stream";
  return new Response(Readable.toWeb(file.body) as unknown as ReadableStream, {
    headers: {
      "content-type": type,
      "content-length": String(file.sizeBytes),
      "content-disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name)}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });
}
