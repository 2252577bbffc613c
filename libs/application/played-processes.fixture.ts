import type { CommandId } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import type { Application } from './create-application';
import type { World } from './application.fixture';
import { uuidV5 } from './dispatch/derived-ids';
import { processes } from './processes/processes';

interface AnyProcess {
  readonly name: string;
  readonly handles: { readonly [type: string]: true };
  readonly keys: (event: RecordedEvent) => readonly string[];
  readonly evolve: (row: unknown, event: RecordedEvent, key: string) => { readonly row: unknown };
  readonly react: (row: unknown, cause: RecordedEvent, key: string) => readonly SentCommand[];
}

/** Plays every process over what is new in the log, and over what follows from it, until nothing follows. Due times are left out. */
export const playedProcesses = (here: World, application: Application): (() => Promise<void>) => {
  const rows = new Map<string, unknown>();
  let after: Position = START;
  const answer = async (process: AnyProcess, event: RecordedEvent): Promise<void> => {
    for (const key of process.keys(event)) {
      const { row } = process.evolve(rows.get(`${process.name} ${key}`), event, key);
      rows.set(`${process.name} ${key}`, row ?? undefined);
      for (const [index, order] of (row ? process.react(row, event, key) : []).entries()) {
        const { eventId, network, correlationId } = event.meta;
        const commandId = uuidV5(eventId, `${process.name}/${key}/${index}`) as CommandId;
        await application.execute(order, { network, commandId, correlationId, causationId: eventId }, here.clock.now());
      }
    }
  };
  return async () => {
    for (let quiet = false; !quiet;) {
      quiet = true;
      for await (const stored of here.log.readAll({ after, limit: 1 })) {
        [quiet, after] = [false, stored.position];
        for (const process of processes as unknown as readonly AnyProcess[]) {
          if (stored.type in process.handles) await answer(process, here.codec.decode(stored));
        }
      }
    }
  };
};
