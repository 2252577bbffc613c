export type LogKind = 'memory' | 'postgres' | 'eventstoredb';

/** What a check is given; it starts and stops whatever else it needs. */
export interface CheckRun {
  readonly seed: number;
  readonly count: number;
  readonly log: LogKind;
  /** The check's own sizes, as `--members 120`. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Another Node to run on besides this one, where the check takes one: `--node PATH`. */
  readonly node?: string;
  /** Aborted when the user interrupts: finish soon and clean up. */
  readonly signal: AbortSignal;
  /** One line on stderr. */
  readonly progress: (line: string) => void;
}

export interface CheckResult {
  /** All 0 where all is right. */
  readonly counts: Readonly<Record<string, number>>;
  /** How much was looked at; judged by nobody. */
  readonly figures: Readonly<Record<string, number>>;
  /** What is not right, each in one line, as far as it helps. Never a text that a person wrote. */
  readonly findings: readonly string[];
  /** Seeds whose own step was not right: where to look first for the shortest schedule. */
  readonly suspects?: readonly number[];
}

/** What became of a mutant: a bug that the check plants to show that it catches it. */
export interface Caught {
  readonly bug: string;
  /** The counts that told; none: it was not caught. */
  readonly caughtBy: readonly string[];
}

/** Is it right? */
export interface Check {
  readonly name: string;
  /** One line for `check -- list`: what is checked, and what `--count` counts. */
  readonly about: string;
  readonly defaultCount: number;
  /** The first is the default. */
  readonly logs: readonly [LogKind, ...LogKind[]];
  /** Options of its own, with their defaults. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Takes `--node`. */
  readonly onNodes?: true;
  readonly run: (run: CheckRun) => Promise<CheckResult>;
  readonly selfTest: (run: CheckRun) => Promise<readonly Caught[]>;
  /** `--real`: the same on servers that settings name. */
  readonly real?: {
    readonly defaultCount: number;
    /** The sentence that says which setting is missing. */
    readonly missing: (env: NodeJS.ProcessEnv) => string | undefined;
    readonly run: (run: CheckRun) => Promise<CheckResult>;
  };
}

/** The counts that are not 0. */
export const failedCounts = ({ counts }: Pick<CheckResult, 'counts'>): readonly string[] =>
  Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [name] : []));
