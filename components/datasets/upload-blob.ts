import { noticeStatus } from "#lib/api/client.ts";

export interface UploadedBlob {
  sha256: string;
  sizeBytes: number;
}

/**
 * Sends a file to the workspace's blobs. XMLHttpRequest, since fetch does not tell how much has gone. Rejects with the
 * studio's own sentence, or with an `AbortError` when the signal aborts.
 */
export function uploadBlob(
  workspace: string,
  file: File,
  onProgress: (loadedBytes: number) => void,
  signal: AbortSignal,
): Promise<UploadedBlob> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/v1/workspaces/${encodeURIComponent(workspace)}/blobs`);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      noticeStatus(request.status);
      const body = request.response as (UploadedBlob & { message?: string }) | null;
      if (request.status < 300 && body) resolve(body);
      else reject(new Error(body?.message ?? `The studio answered ${request.status}.`));
    };
    request.onerror = () => reject(new Error("The connection broke. Nothing was saved; try again."));
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
