import { S3ServiceException } from "@aws-sdk/client-s3";
import { AppError, messageOf, notFound } from "#lib/core/errors.ts";

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

export function isMissing(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === "NoSuchKey" || error.name === "NotFound" || error.$metadata.httpStatusCode === 404;
}

/** Turns what the SDK throws into an `AppError`; a failure of the caller's own stream passes unchanged. */
export function toAppError(error: unknown, key: string): unknown {
  if (error instanceof AppError) return error;
  if (isMissing(error)) return notFound(`Object ${key}`);
  if (error instanceof S3ServiceException) {
    if (error.name === "InvalidRange") {
      return new AppError("BAD_REQUEST", {
        userMessage: `The range starts past the end of ${key}.`,
        cause: error,
      });
    }
    const status = error.$metadata.httpStatusCode ?? 0;
    return new AppError(status >= 500 ? "UNAVAILABLE" : "INTERNAL", {
      message: `object store: ${error.name} (${status}) for ${key}: ${error.message}`,
      userMessage: "The object store refused the request.",
      cause: error,
    });
  }
  if (isNetworkFailure(error)) {
    return new AppError("UNAVAILABLE", {
      message: `object store does not answer: ${messageOf(error)}`,
      userMessage: "The object store does not answer.",
      cause: error,
    });
  }
  return error;
}

function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "TimeoutError") return true;
  const code = "code" in error ? String(error.code) : "";
  return networkCodes.has(code);
}
