import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '#apps/demo/seeded-random';
import type { PersonRole } from '#apps/installation/access';
import { commandIdOf, type Ledger } from './ledger';
import type { CrashHarness } from './harness';

/** A position as people carry it names its log after the dot; the log itself knows the place alone. */
const placeOf = (token: string): string => token.split('.', 1)[0]!;

// Answers have every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any;

export interface Answered {
  readonly done: boolean;
  readonly body: Body;
}

/** Somebody with a token who gives each command until it is answered for good. */
export interface Person {
  readonly subject: string;
  /** Asks until there is an answer. */
  get(path: string): Promise<Body>;
  give(method: 'POST' | 'PUT', path: string, body?: unknown, how?: { readonly mayDoNothing?: boolean }): Promise<Answered>;
  /** The id that the last command bore. */
  lastCommand(memberId: string): string;
}

export interface PersonParts {
  readonly harness: CrashHarness;
  readonly ledger: Ledger;
  readonly chance: SeededRandom;
  /** A planted bug: each attempt bears a key of its own. */
  readonly freshKeys?: boolean;
}

const TIMEOUT_MS = 10_000;
/** So often an answer is lost on its way: the person asks again. */
const LOST_ANSWERS = { usually: 0.05, toTheForgetful: 0.5 };

const isDefinite = (status: number): boolean => status < 500 && status !== 408 && status !== 429;

export const createPerson = async (
  subject: string,
  roles: readonly PersonRole[],
  { harness, ledger, chance, freshKeys = false }: PersonParts,
): Promise<Person> => {
  const token = await harness.token(subject, roles);
  let commands = 0;
  let last = { method: '', path: '', key: '' };

  const once = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const response = await fetch(`${harness.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const untilAnswered = async (attempt: (n: number) => ReturnType<typeof once>, mayLose: boolean) => {
    for (let n = 0; ; n += 1) {
      const answer = await attempt(n).catch(() => null);
      const lost = mayLose && chance.yes(freshKeys ? LOST_ANSWERS.toTheForgetful : LOST_ANSWERS.usually);
      if (answer && !lost && isDefinite(answer.status)) return answer;
      ledger.retries += 1;
      await pause(chance.whole(50, 400));
    }
  };
  const pathOf = (path: string): string => `/networks/${harness.networkId}${path === '' ? '' : `/${path}`}`;

  return {
    subject,
    get: async (path) => (await untilAnswered(() => once('GET', pathOf(path), {}), false)).body,
    give: async (method, path, body = {}, { mayDoNothing = false } = {}) => {
      const number = (commands += 1);
      last = { method, path: pathOf(path), key: `${subject}-${number}` };
      const answer = await untilAnswered((n) => {
        if (freshKeys) last = { ...last, key: `${subject}-${number}-${n}` };
        return once(method, last.path, { 'idempotency-key': last.key }, body);
      }, true);
      const done = answer.status < 300;
      ledger.given.push({
        ...{ subject, ...last, mayDoNothing, outcome: done ? 'done' : 'refused' },
        position: done ? placeOf(String(answer.body.position)) : null,
      });
      return { done, body: answer.body };
    },
    lastCommand: (memberId) => commandIdOf(memberId, last),
  };
};
