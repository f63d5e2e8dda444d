/** The few ways in which a caller can be wrong or we can fail. Each maps to one HTTP status. */
export const APP_ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  quota_exceeded: 403,
  internal: 500,
  unavailable: 503,
} as const;
export type AppErrorCode = keyof typeof APP_ERROR_STATUS;

/** One member of the request that is wrong. `pointer` is an RFC 6901 JSON pointer into the body, or the parameter's name. */
export interface Culprit {
  readonly pointer: string;
  readonly message: string;
}

/** An error of ours or of the caller, mapped once to RFC 9457 problem+json. `message` is public; `cause` never leaves the logs. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly status: number;
  readonly culprits: readonly Culprit[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: AppErrorCode,
    publicMessage: string,
    options: { cause?: unknown; culprits?: readonly Culprit[]; retryAfterSeconds?: number } = {},
  ) {
    super(publicMessage, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = APP_ERROR_STATUS[code];
    this.culprits = options.culprits ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
