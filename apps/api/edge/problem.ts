/** RFC 9457. `code` is stable and machine-read; `rule` names the domain rule; `errors` names fields of a malformed request. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: string;
  readonly rule?: string;
  readonly errors?: readonly FieldError[];
  /** What else the refusal names: a limit, a missing part. Never personal. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface FieldError {
  /** JSON pointer into the body, or the name of a query parameter or header. */
  readonly field: string;
  readonly message: string;
}

/** Thrown at the edge only; the filter writes it out. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Omit<Problem, 'type'>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.title);
  }
}

export const problem = (status: number, code: string, title: string, more: Partial<Problem> = {}): ProblemError =>
  new ProblemError({ status, code, title, ...more });
