import { randomUUID } from 'node:crypto';
import { Appender } from '#event-store/eventstoredb/appending/appender';
import { AppendRecovery } from '#event-store/eventstoredb/appending/append-recovery';
import type { AppendResult, EventToAppend, ExpectedRevision } from '#event-store/log.port';
import type { StreamName } from '#kernel/id';
import { patchMethod } from '../runner/patch-method';
import { patchClients } from './patches';

type Append = (stream: string, events: EventToAppend[], options: Record<string, unknown>) => Promise<{ nextExpectedRevision: bigint }>;

/** Alters what the adapter asks of its client, append by append; `attempt` counts those of the same events from 0. */
const patchAppends = (patch: (append: Append, attempt: number, given: Parameters<Append>) => ReturnType<Append>): void => {
  const attempts = new Map<string, number>();
  patchClients((client) => {
    const append = client.appendToStream.bind(client) as unknown as Append;
    client.appendToStream = ((...given: Parameters<Append>) => {
      const [first] = [given[1]].flat() as { id?: string }[];
      const attempt = attempts.get(String(first?.id)) ?? 0;
      attempts.set(String(first?.id), attempt + 1);
      return patch(append, attempt, given);
    }) as unknown as typeof client.appendToStream;
  });
};

export const freshIds = (): void =>
  patchAppends((append, attempt, [stream, events, options]) =>
    append(stream, attempt === 0 ? events : events.map((event) => ({ ...event, id: randomUUID() })), options),
  );

interface Exact {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}
interface AppenderInside {
  attempt(request: Exact, course: unknown): Promise<{ kind: string; position?: bigint; actual?: number | 'none' }>;
  readonly look: { upTo(stream: StreamName, revision: number): Promise<{ through: number }>; written(...given: unknown[]): AppendResult };
}

/** As many have written it: try, and where no answer came, take the revision that there is now. */
export const freshRevision = (): void =>
  patchMethod(Appender, 'exactly', async (inside: AppenderInside, exactly, request: Exact, course: { over: AbortSignal }) => {
    let { expected } = request;
    for (;;) {
      const answer = await inside.attempt({ ...request, expected }, course);
      const before = expected === 'none' ? -1 : expected;
      if (answer.kind === 'written' && answer.position !== undefined) return inside.look.written(request, before, answer.position);
      if (answer.kind !== 'unknown' || course.over.aborted) return exactly({ ...request, expected }, course);
      const { through } = await inside.look.upTo(request.stream, Infinity);
      expected = through < 0 ? 'none' : through;
    }
  });

export const trustedRevision = (): void => {
  const told = new Map<string, number>();
  patchAppends(async (append, _attempt, given) => {
    const answer = await append(...given);
    told.set(given[0], Number(answer.nextExpectedRevision));
    return answer;
  });
  patchMethod(AppendRecovery, 'written', (_, written: AppenderInside['look']['written'], request: Exact, ...rest: unknown[]) => ({
    ...written(request, ...rest),
    revision: told.get(request.stream),
  }));
};

export const wrongTakenForOwn = (): void =>
  patchMethod(Appender, 'attempt', async (_, attempt: AppenderInside['attempt'], ...given: Parameters<AppenderInside['attempt']>) => {
    const answer = await attempt(...given);
    return answer.kind === 'wrong' ? { kind: 'written', position: 1131n } : answer;
  });
