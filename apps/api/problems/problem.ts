import type { Language } from '#domain/vocabulary';

/** The page of the rules, beside the document. */
export const RULES_PATH = '/docs/rules';

export const ruleUrl = (rule: string): string => `${RULES_PATH}#${rule.toLowerCase()}`;

/** RFC 9457. `code` is stable and machine-read; `rule` names the domain rule, `ruleUrl` is where it is written; `errors` names fields of a malformed request. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: string;
  readonly rule?: string;
  readonly ruleUrl?: string;
  readonly errors?: readonly FieldError[];
  /** What else the refusal names: a limit, a missing part. Never personal. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface FieldError {
  /** JSON pointer into the body, or the name of a query parameter or header. */
  readonly field: string;
  readonly message: string;
}

/** One sentence for people, in each language of the product. */
export type InEachLanguage = Readonly<Record<Language, string>>;

/** A problem before it is known who reads it. */
export type BilingualProblem = Omit<Problem, 'type' | 'title' | 'instance' | 'ruleUrl' | 'errors'> & {
  readonly title: InEachLanguage;
  readonly errors?: readonly BilingualFieldError[];
};

export interface BilingualFieldError {
  readonly field: string;
  readonly message: InEachLanguage;
}

/** Thrown at the edge only; the filter writes it out. */
export class ProblemError extends Error {
  constructor(
    readonly problem: BilingualProblem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.title.en);
  }

  /** As it is sent; `instance` is the id of the request in the log. */
  in(language: Language, instance: string): Problem {
    const { title, errors, ...rest } = this.problem;
    const fields = errors ? { errors: errors.map(({ field, message }) => ({ field, message: message[language] })) } : {};
    const where = rest.rule ? { ruleUrl: ruleUrl(rest.rule) } : {};
    return { type: `urn:savoirs:problem:${rest.code}`, title: title[language], ...rest, ...fields, ...where, instance };
  }
}

export const problem = (status: number, code: string, title: InEachLanguage, more: Partial<BilingualProblem> = {}): ProblemError =>
  new ProblemError({ status, code, title, ...more });

/** 403 for want of a role, with those that would do. */
export const needsOneOf = (roles: readonly string[], of = ''): ProblemError =>
  problem(
    403,
    'forbidden',
    { en: 'This role may not do that', fr: 'Ce rôle n’en a pas le droit' },
    { detail: `${of}needs one of: ${roles.join(', ')}` },
  );

/** 400: each field that is wrong, and what it must be. */
export const malformed = (...errors: readonly BilingualFieldError[]): ProblemError =>
  problem(400, 'malformed', { en: 'The request is malformed', fr: 'La requête est mal formée' }, errors.length > 0 ? { errors } : {});
