/** What a bench is given; it starts and stops whatever else it needs. */
export interface BenchRun {
  /** How much work one round does; the bench says of what. */
  readonly size: number;
  readonly seed: number;
  /** Aborted when the user interrupts: finish soon, clean up, and let `interrupted` be thrown. */
  readonly signal: AbortSignal;
  /** One line on stderr. */
  readonly progress: (line: string) => void;
}

export interface BenchResult {
  /** Medians of the rounds, of every contender, with the unit at the end of the name. */
  readonly figures: Readonly<Record<string, number>>;
  /** Ours to another's, from the same run. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** How fast, beside what? */
export interface Bench {
  readonly name: string;
  /** One line for `bench -- list`: what is measured, beside what, and of what `--size` counts. */
  readonly about: string;
  readonly defaultSize: number;
  readonly run: (run: BenchRun) => Promise<BenchResult>;
}
