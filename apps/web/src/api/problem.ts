/** What the API says where it does not do what was asked (RFC 9457). */
export interface ProblemBody {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly rule?: string;
  readonly ruleUrl?: string;
  readonly instance?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.title);
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }
}

/** No answer came: whether the API did what was asked is unknown, and the same key may be sent again. */
export class LostConnection extends Error {}

/** Whether the same request may succeed a moment later. */
export const isPassing = (fault: unknown): boolean =>
  fault instanceof LostConnection || (fault instanceof Problem && [429, 502, 503, 504].includes(fault.status));

export const isSignedOut = (fault: unknown): boolean => fault instanceof Problem && fault.status === 401;
