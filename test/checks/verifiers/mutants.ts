import type { Mutant } from '../runner/self-test';

/** Whether a file proves its events. */
export type Judge = (text: string) => boolean;

interface JudgeMutant extends Mutant {
  readonly judge: Judge;
}

interface Json {
  readonly [name: string]: unknown;
}

const parsed = (text: string): Json | null => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
};

/** Mends a field before the judge sees it: a verifier that does not look at it. */
const blindTo =
  (judge: Judge, mend: (bundle: Json) => unknown): Judge =>
  (text) => {
    const bundle = parsed(text);
    if (bundle === null) return false;
    try {
      return judge(JSON.stringify(mend(bundle))) || judge(text);
    } catch {
      return judge(text);
    }
  };

const eventsOf = (bundle: Json): readonly Json[] => bundle['events'] as readonly Json[];

/** Verifiers that leave one thing out. */
export const mutants = (judge: Judge): readonly JudgeMutant[] => [
  { bug: 'it takes every file', judge: () => true },
  { bug: 'it refuses every file', judge: () => false },
  { bug: 'it does not look at the form’s name', judge: blindTo(judge, (one) => ({ ...one, bundle: 'savoirs evidence 1' })) },
  {
    bug: 'it does not ask for the signatures of the witnesses that are named',
    judge: blindTo(judge, (one) => ({ ...one, witnesses: [] })),
  },
  {
    bug: 'it does not compare the versions with the events',
    judge: blindTo(judge, (one) => {
      const events = eventsOf(one);
      const policies = [...new Set(events.map(({ meta }) => (JSON.parse(String(meta)) as { policyVersion: number }).policyVersion))].sort();
      const types = [...new Set(events.map(({ type }) => String(type)))];
      const of = (type: string) => [...new Set(events.filter((event) => event['type'] === type).map(({ version }) => version))].sort();
      return { ...one, versions: { policies, schemas: Object.fromEntries(types.map((type) => [type, of(type)])) } };
    }),
  },
  {
    bug: 'it trims texts of one line before it reads them',
    judge: blindTo(judge, (one) =>
      JSON.parse(JSON.stringify(one), (_, value: unknown) => (typeof value === 'string' && !value.includes('\n') ? value.trim() : value)),
    ),
  },
];
