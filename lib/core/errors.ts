/** Every expected failure of the studio is one `AppError`; anything else that is thrown is a bug. */

export const errorStatus = {
  BAD_REQUEST: 400,
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNPROCESSABLE: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One thing wrong with what was sent. `path` is dotted (`jobs.train.inputs.x`); `location` is `file:line`. */
export interface Issue {
  path: string;
  message: string;
  value?: unknown;
  location?: string;
}

export interface AppErrorOptions {
  /** For logs; may name internals. */
  message?: string;
  /** For people: what stopped, why, what to do next. */
  userMessage: string;
  issues?: Issue[];
  details?: Record<string, unknown>;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly issues: Issue[];
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(
      options.message ?? options.userMessage,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = "AppError";
    this.code = code;
    this.userMessage = options.userMessage;
    this.issues = options.issues ?? [];
    this.details = options.details ?? {};
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** The same answer whether the thing is missing or the caller may not see it. */
export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", { userMessage: `${what} was not found, or you have no access to it.` });
}

/** A 400 that names the field at fault. */
export function invalid(path: string, message: string, value?: unknown): AppError {
  return new AppError("VALIDATION_FAILED", {
    userMessage: path ? `${path}: ${message}` : message,
    issues: [{ path, message, ...(value === undefined ? {} : { value }) }],
  });
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/** Whether what was asked does not answer at all, such as an engine that is not running. */
export function isAway(error: unknown): boolean {
  return isAppError(error) && error.code === "UNAVAILABLE";
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
