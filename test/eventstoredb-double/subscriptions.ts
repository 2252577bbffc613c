import { type ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { eventOf, over, write, type ReadCall } from './answer-reads';
import type { DoubleRecord } from './double-log';
import type { DoubleNode } from './double-node';
import { inventedPosition } from './refusals';

interface Walk {
  readonly call: ReadCall;
  readonly lets: (record: DoubleRecord) => boolean;
  /** Records considered between two checkpoints; without a filter there are none. */
  readonly interval: number;
  next: number;
  considered: number;
  mute: boolean;
  wake: () => void;
}

const PAGE = 32;

/** Subscriptions to `$all`: pages up to the end, the word that it is caught up, then each record as it comes. */
export class DoubleSubscriptions {
  private readonly walks = new Set<Walk>();

  /** Events handed to the network, over all subscriptions. */
  sent = 0;

  constructor(private readonly node: DoubleNode) {}

  get count(): number {
    return this.walks.size;
  }

  /** A clean end, as a server that shuts down or balances its load gives it. */
  endAll(): void {
    for (const { call, wake } of [...this.walks]) {
      call.end();
      wake();
    }
  }

  /** They stay open and say nothing any more. */
  muteAll(): void {
    for (const walk of this.walks) walk.mute = true;
  }

  async serve(call: ReadCall, options: ReadReq.Options): Promise<void> {
    const start = this.startOf(options);
    if (start === undefined) return void call.emit('error', inventedPosition());
    const max = options.getFilter()?.getMax() ?? 0;
    const interval = options.hasFilter() ? (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1) * (max || PAGE) : Infinity;
    const mute = this.node.faults.take('muteSubscriptions');
    const walk: Walk = { call, lets: filterOf(options), interval, next: start, considered: 0, mute, wake: () => undefined };
    this.walks.add(walk);
    const stop = this.node.log.onAppend(() => walk.wake());
    call.on('cancelled', () => walk.wake());
    call.on('close', () => walk.wake());
    try {
      const confirmed = new ReadResp.SubscriptionConfirmation();
      confirmed.setSubscriptionId(crypto.randomUUID());
      await this.say(walk, new ReadResp().setConfirmation(confirmed));
      await this.catchUp(walk);
      await this.say(walk, new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
      while (!over(call)) await this.follow(walk);
    } finally {
      stop();
      this.walks.delete(walk);
    }
  }

  private startOf(options: ReadReq.Options): number | undefined {
    const all = options.getAll();
    if (all?.hasPosition() !== true) return all?.hasEnd() === true ? this.node.log.records.length : 0;
    return this.node.log.after(BigInt(all.getPosition()?.getCommitPosition() ?? '0'));
  }

  /** As the server of that version: a page's checkpoint is its last event that passed, or where the page began. */
  private async catchUp(walk: Walk): Promise<void> {
    const { records } = this.node.log;
    while (walk.next < records.length && !over(walk.call)) {
      await this.node.faults.beforePage();
      let place = records[walk.next]?.position ?? 0n;
      const end = Math.min(walk.next + Math.min(walk.interval, 512), records.length);
      walk.considered += end - walk.next;
      for (; walk.next < end; walk.next += 1) {
        const record = records[walk.next] as DoubleRecord;
        if (!walk.lets(record)) continue;
        place = record.position;
        if (!(await this.say(walk, eventOf(record)))) return;
      }
      if (walk.next < records.length) await this.checkpoint(walk, place);
    }
  }

  private async follow(walk: Walk): Promise<void> {
    const record = this.node.log.records[walk.next];
    if (record === undefined) {
      await new Promise<void>((resolve) => (walk.wake = resolve));
      return;
    }
    walk.next += 1;
    walk.considered += 1;
    if (walk.lets(record)) await this.say(walk, eventOf(record));
    await this.checkpoint(walk, record.position);
  }

  private async checkpoint(walk: Walk, position: bigint): Promise<void> {
    if (walk.considered < walk.interval) return;
    walk.considered %= walk.interval;
    const reached = new ReadResp.Checkpoint();
    reached.setCommitPosition(String(position));
    reached.setPreparePosition(String(position));
    await this.say(walk, new ReadResp().setCheckpoint(reached));
  }

  private async say({ call, mute }: Walk, response: ReadResp): Promise<boolean> {
    if (response.hasEvent()) this.sent += 1;
    return mute ? !over(call) : write(call, response);
  }
}

const filterOf = (options: ReadReq.Options): ((record: DoubleRecord) => boolean) => {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const [expression, of] = filter.hasEventType()
    ? [filter.getEventType(), (record: DoubleRecord) => record.type]
    : [filter.getStreamIdentifier(), (record: DoubleRecord) => record.stream];
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ?? '';
  // the server's regular expressions are unanchored, and read Unicode as .NET does
  const pattern = regex === '' ? undefined : new RegExp(regex, 'u');
  return (record) => (pattern === undefined ? prefixes.some((prefix) => of(record).startsWith(prefix)) : pattern.test(of(record)));
};
