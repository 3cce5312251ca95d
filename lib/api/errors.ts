import { ValidationError } from "@orpc/contract";
import { ORPCError } from "@orpc/server";
import { AppError, errorStatus, type Issue, isAppError, messageOf } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";

/** The JSON of a failed request: `{code, status, message, data: {issues, details, requestId}}`. */
export interface ErrorBody {
  /** By this word the typed client knows its own errors, whoever answered. */
  defined: false;
  code: string;
  status: number;
  message: string;
  data: { issues: Issue[]; details: Record<string, unknown>; requestId: string };
}

function fromValidation(cause: ValidationError): AppError {
  const issues = cause.issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === "object" ? part.key : part)).join("."),
    message: issue.message,
  }));
  const first = issues[0];
  const userMessage = first
    ? `${first.path ? `${first.path}: ` : ""}${first.message}`
    : "The request is not valid.";
  return new AppError("VALIDATION_FAILED", { userMessage, issues, cause });
}

/** Turns whatever was thrown into an `AppError`. What nobody expected is logged whole and answered without detail. */
export function toAppError(error: unknown, requestId: string, logger: Logger): AppError {
  if (isAppError(error)) {
    if (error.status >= 500) logger.error({ requestId, err: error }, error.message);
    return error;
  }
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.status === 400) {
    return fromValidation(error.cause);
  }
  if (error instanceof ORPCError && error.status < 500) {
    const code = error.code in errorStatus ? (error.code as keyof typeof errorStatus) : "BAD_REQUEST";
    return new AppError(code, { userMessage: error.message, cause: error });
  }
  const cause = error instanceof ORPCError && error.cause !== undefined ? error.cause : error;
  logger.error({ requestId, err: cause }, messageOf(cause));
  return new AppError("INTERNAL", {
    userMessage: `Something broke on our side. Request ${requestId}.`,
    message: messageOf(cause),
    cause,
  });
}

export function errorBody(error: AppError, requestId: string): ErrorBody {
  return {
    defined: false,
    code: error.code,
    status: error.status,
    message: error.userMessage,
    data: { issues: error.issues, details: error.details, requestId },
  };
}
