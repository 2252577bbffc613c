import type { VerbClass } from './verb-decorators';

/** Verbs of one kind. */
export interface Group {
  readonly name: string;
  readonly description: string;
  readonly verbs: () => Promise<readonly VerbClass[]>;
}

/** Loaded when they are called alone. */
export const GROUPS: readonly Group[] = [
  {
    name: 'audit',
    description:
      'Replay exchanges, open events, explain figures, each look recorded; prove the log of events to others: what is signed, evidence in one file, files for a web server, a witness',
    verbs: async () => (await import('#apps/cli/audit/audit.verbs')).AUDIT_VERBS,
  },
  {
    name: 'data',
    description:
      'Bring data in: a demo, a list of topics, the entries of a fair; back everything up, and restore it; see what is kept for too long',
    verbs: async () => (await import('#apps/cli/data/data.verbs')).DATA_VERBS,
  },
  {
    name: 'log',
    description: 'Copy the log of events to another engine, prove it, and change over to it',
    verbs: async () => (await import('#apps/cli/log/log.verbs')).LOG_VERBS,
  },
  {
    name: 'match',
    description: 'Matching rounds: run a recorded one again and compare, explain it, tell where givers lack',
    verbs: async () => (await import('#apps/cli/match/match.verbs')).MATCH_VERBS,
  },
  {
    name: 'projections',
    description: 'Look after read models',
    verbs: async () => (await import('#apps/cli/projections/projections.verbs')).PROJECTIONS_VERBS,
  },
  {
    name: 'show',
    description: 'Print what a read model answers: directory, dormant, exchanges, match-queue, risk, satisfaction, training-hours',
    verbs: async () => (await import('#apps/cli/show/show.verbs')).SHOW_VERBS,
  },
];
