import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { Instant, StreamName } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { Due, Process } from '#kernel/process';
import { exampleMeta } from '../event-examples';

type AnyProcess = Process<SavoirsEvent, unknown, SentCommand>;

/** What a process holds after some events, and what came of the last cause. */
export interface Followed {
  when(event: SavoirsEvent): { then(...orders: readonly SentCommand[]): void };
  /** The due time of this name comes, at the moment that the events set; fails where none is set. */
  whenDue(name: string, key: string): { then(...orders: readonly SentCommand[]): void };
  /** The moment set for a due time; null where none waits. */
  due(name: string, key: string): Instant | null;
}

/**
 * `following(engagement).given(proposed()).when(reserved(ana)).then(...)`: folds as the runtime does, row by row.
 * Events are given their stream by `streamOf` where a process reads it.
 */
export const following = <Event extends SavoirsEvent, Row>(
  process: Process<Event, Row, SentCommand>,
  streamOf: (event: SavoirsEvent) => string = () => 'member-x',
): { given(...events: readonly SavoirsEvent[]): Followed } => {
  // One process handles a part of all events; the tester feeds it only those it handles.
  const any = process as unknown as AnyProcess;
  return {
    given: (...events) => {
      const rows = new Map<string, unknown>();
      const dues = new Map<string, Instant>();
      let number = 0;
      const feed = (event: SavoirsEvent): readonly SentCommand[] => {
        if (!(event.type in any.handles)) throw new Error(`${any.name} does not handle ${event.type}`);
        const meta = exampleMeta(++number, { stream: streamOf(event) as StreamName });
        const recorded = { type: event.type, data: event.data, meta } as Recorded<SavoirsEvent>;
        return [...new Set(any.keys(recorded))].flatMap((key) => {
          const { row, due = {} } = any.evolve(rows.get(key), recorded, key);
          if (row === null) rows.delete(key);
          else rows.set(key, row);
          for (const [name, at] of Object.entries(due)) {
            if (at === null) dues.delete(`${key} ${name}`);
            else dues.set(`${key} ${name}`, at);
          }
          return row === null ? [] : any.react(row, recorded, key);
        });
      };
      events.forEach(feed);
      const due = (name: string, key: string): Instant | null => dues.get(`${key} ${name}`) ?? null;
      return {
        when: (event) => {
          const orders = feed(event);
          return { then: (...expected) => expect(orders).toEqual(expected) };
        },
        whenDue: (name, key) => {
          const at = due(name, key);
          if (at === null) throw new Error(`no due time ${name} is set for ${key}`);
          const cause: Due = { key, name, at };
          const orders = rows.has(key) ? any.react(rows.get(key), cause, key) : [];
          return { then: (...expected) => expect(orders).toEqual(expected) };
        },
        due,
      };
    },
  };
};
