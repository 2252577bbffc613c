import type { ClientBase } from 'pg';
import type { StreamName } from '#kernel/id';
import { actualRevision } from '../expectation';
import type { AppendResult, EventToAppend, ExpectedRevision } from '../log.port';
import { toPosition } from '../position';
import { intArray, textArray, uuidArray } from './wire-arrays';

export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
  readonly bytes: number;
}

interface Answer {
  readonly positions: readonly (string | null)[];
  readonly revisions: readonly number[];
}

const STATEMENT = {
  name: 'log-append',
  text: 'select positions, revisions from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
} as const;

const WORDS = { none: -1, any: -2, exists: -3 } as const;
const GREATEST_INT = 2 ** 31 - 1;

/** One round trip and one transaction for all of them; each is stored whole, or answered with its conflict, alone. */
export const appendAll = async (client: ClientBase, requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> => {
  const { rows } = await client.query<Answer>({ ...STATEMENT, values: valuesOf(requests) });
  return requests.map((_, index) => resultOf(rows[0]?.positions[index], rows[0]?.revisions[index]));
};

const expectedNumber = (expected: ExpectedRevision): number =>
  typeof expected === 'number' ? Math.min(expected, GREATEST_INT) : WORDS[expected];

const valuesOf = (requests: readonly AppendRequest[]): Buffer[] => {
  const slots = new Map<StreamName, number>();
  for (const { stream } of requests) if (!slots.has(stream)) slots.set(stream, slots.size + 1);
  const events = requests.flatMap((request) => request.events);
  return [
    textArray([...slots.keys()]),
    intArray(requests.map(({ stream }) => slots.get(stream) ?? 0)),
    intArray(requests.map(({ expected }) => expectedNumber(expected))),
    intArray(requests.map((request) => request.events.length)),
    textArray(requests.flatMap((request) => request.events.map(() => request.stream))),
    uuidArray(events.map(({ eventId }) => eventId)),
    textArray(events.map(({ type }) => type)),
    intArray(events.map(({ version }) => version)),
    textArray(events.map(({ meta }) => meta)),
    textArray(events.map(({ data }) => data)),
  ];
};

const resultOf = (position: string | null | undefined, revision: number | undefined): AppendResult => {
  if (revision === undefined) throw new Error('the log answered fewer appends than it was sent');
  if (position === null || position === undefined) return { outcome: 'conflict', actual: actualRevision(revision) };
  return { outcome: 'appended', position: toPosition(position), revision };
};
