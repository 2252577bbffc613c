import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import { LogUnavailable, type AllRead, type Position } from '../../log.port';
import { readAllPages } from './all-reader';
import type { Connection } from '../client/connection';
import { isFinal, isMissingStream, unavailable } from '../client/faults';
import { backOffMs, pause, type BackOff, type Timers } from '../client/timers';

export interface ReadTimes {
  /** A read in which the server says nothing for so long has failed. */
  readonly silenceMs: number;
  readonly retryMs: BackOff;
}

/** What a read of the client is, as far as it is used here. */
export interface Call<Event> extends AsyncIterable<{ readonly event?: Event }> {
  readonly readableEnded: boolean;
  on(event: 'error', listener: () => void): unknown;
  destroy(error?: Error): unknown;
  cancel(): Promise<void>;
}

/** A read that gets no further so many times in a row fails. */
const ATTEMPTS = 4;

/** Reads that outlive a broken connection and a change of leader, and that end when nobody answers. */
export class ResilientReads {
  constructor(
    readonly connection: Connection,
    private readonly times: ReadTimes,
    private readonly timers: Timers,
  ) {}

  /** A walk that does not wait for ever: what a subscription has a watchdog for, a read has a limit for. */
  async *walked(after: Position, filter: AllRead['filter']): ReturnType<typeof readAllPages> {
    const silent = new AbortController();
    const watch = this.watchSilence(() => silent.abort());
    try {
      for await (const items of readAllPages(() => this.connection.get(), { after, filter, signal: silent.signal })) {
        watch.pulling(false);
        yield items;
        watch.pulling(true);
      }
      if (silent.signal.aborted) throw new LogUnavailable('the log fell silent in a read', false);
    } finally {
      watch.stop();
    }
  }

  /** Opens again after a failure, from where `open` then stands. */
  async *resuming<Event extends RecordedEvent = RecordedEvent>(open: (client: EventStoreDBClient) => Call<Event>): AsyncGenerator<Event> {
    for (let failures = 0; ; failures += 1) {
      const client = this.connection.get();
      const call = open(client);
      call.on('error', () => undefined);
      const watch = this.watchSilence(() => call.destroy(new LogUnavailable('the log fell silent in a read', false)));
      try {
        for await (const { event } of call) {
          failures = 0;
          watch.pulling(false);
          if (event !== undefined) yield event;
          watch.pulling(true);
        }
        return;
      } catch (error) {
        if (isMissingStream(error)) return;
        if (failures > 0) this.connection.renew(client);
        await this.retryOrThrow(error, failures + 1);
      } finally {
        watch.stop();
        if (!call.readableEnded) void call.cancel().catch(() => undefined);
        call.destroy();
      }
    }
  }

  /** @throws LogUnavailable where the answer does not come */
  async answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
    let stop = (): void => undefined;
    const silence = new Promise<never>((_, reject) => {
      stop = this.timers.after(this.times.silenceMs, 'silent read', () => reject(new LogUnavailable('the log fell silent', false)));
    });
    return Promise.race([asked, silence]).finally(() => stop());
  }

  /** Pauses before the next attempt, unless there is to be none. */
  async retryOrThrow(error: unknown, failures: number): Promise<void> {
    if (isFinal(error) || failures >= ATTEMPTS) throw unavailable(error);
    await pause(this.timers, backOffMs(this.times.retryMs, failures - 1, this.timers.random()), 'read back-off');
  }

  /** Only while the server is waited for: a consumer may take its time. */
  private watchSilence(onSilence: () => void): { readonly pulling: (yes: boolean) => void; readonly stop: () => void } {
    let pulls = 0;
    let waiting = true;
    let seen = 0;
    const look = (): void => {
      if (waiting && pulls === seen) return onSilence();
      seen = pulls;
      stop = this.timers.after(this.times.silenceMs, 'silent read', look);
    };
    let stop = this.timers.after(this.times.silenceMs, 'silent read', look);
    return {
      pulling: (yes) => {
        waiting = yes;
        pulls += 1;
      },
      stop: () => stop(),
    };
  }
}
