import { AppError, type ErrorCode, isAppError, messageOf } from "#lib/core/errors.ts";
import type { Logger } from "#lib/core/logger.ts";

/** The names of the protocol's errors that we answer, with their HTTP status. */
const statusOf = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_CONFLICT: 409,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  INVALID_STATE: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type MlflowErrorCode = keyof typeof statusOf;

/** Clients send a request again after a 5xx, so what is wrong with a request is never one. */
const codes: Record<ErrorCode, MlflowErrorCode> = {
  BAD_REQUEST: "BAD_REQUEST",
  VALIDATION_FAILED: "INVALID_PARAMETER_VALUE",
  UNAUTHENTICATED: "UNAUTHENTICATED",
  FORBIDDEN: "PERMISSION_DENIED",
  NOT_FOUND: "RESOURCE_DOES_NOT_EXIST",
  CONFLICT: "RESOURCE_ALREADY_EXISTS",
  PAYLOAD_TOO_LARGE: "INVALID_PARAMETER_VALUE",
  UNPROCESSABLE: "INVALID_PARAMETER_VALUE",
  TOO_MANY_REQUESTS: "REQUEST_LIMIT_EXCEEDED",
  INTERNAL: "INTERNAL_ERROR",
  UNAVAILABLE: "TEMPORARILY_UNAVAILABLE",
  TIMEOUT: "DEADLINE_EXCEEDED",
};

/** A failure whose name in the protocol differs from the one its code stands for. */
export function mlflowError(code: ErrorCode, mlflowCode: MlflowErrorCode, message: string): AppError {
  return new AppError(code, { userMessage: message, details: { mlflowCode } });
}

export function endpointNotFound(path: string): AppError {
  return mlflowError("NOT_FOUND", "ENDPOINT_NOT_FOUND", `There is no API endpoint for ${path}.`);
}

function isMlflowCode(value: unknown): value is MlflowErrorCode {
  return typeof value === "string" && value in statusOf;
}

/** The answer to whatever was thrown, in the protocol's form. What nobody expected is logged and told without detail. */
export function errorResponse(error: unknown, requestId: string, logger: Logger): Response {
  const known = isAppError(error)
    ? error
    : new AppError("INTERNAL", { userMessage: `Something broke on our side. Request ${requestId}.` });
  if (known.status >= 500) logger.error({ requestId, err: error }, messageOf(error));
  const given = known.details.mlflowCode;
  const code = isMlflowCode(given) ? given : codes[known.code];
  const headers = new Headers({ "x-request-id": requestId });
  if (code === "UNAUTHENTICATED") headers.set("www-authenticate", 'Basic realm="mlflow"');
  const retryAfter = known.details.retryAfterSeconds;
  if (typeof retryAfter === "number") headers.set("retry-after", String(retryAfter));
  const body = { error_code: code, message: known.userMessage };
  return Response.json(body, { status: statusOf[code], headers });
}
