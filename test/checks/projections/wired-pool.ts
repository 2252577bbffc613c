import { EventEmitter } from 'node:events';
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Actor, Conductor } from './conductor';
import { Gone } from './conductor';
import { isEnd, type Line, type Lines } from './lines';
import type { Strike } from './schedule';
import type { Strikes } from './strikes';

/** One statement on its way through a planted bug. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[] | undefined;
  /** Sends it as it is, or another, on its own connection. */
  readonly send: (text: string, values?: readonly unknown[]) => Promise<QueryResult>;
  /** On another connection, and committed at once. */
  readonly elsewhere: (text: string, values?: readonly unknown[]) => Promise<QueryResult>;
}

export type SpoilStatement = (statement: Statement) => Promise<QueryResult>;

export interface Wiring {
  readonly actor: Actor;
  readonly worker: number;
  readonly conductor: Conductor;
  readonly lines: Lines;
  readonly strikes: Strikes;
  /** Whether it has started: faults of a start are counted apart. */
  readonly started: () => boolean;
  /** After something was committed. */
  readonly look: (actor: Actor, at: 'all' | 'list', text: string) => Promise<void>;
  /** After it read the epochs of the list. */
  readonly onLoaded: (actor: Actor) => void;
  /** Before it claims leases under that name. */
  readonly onClaim: (actor: Actor, owner: string) => void;
  readonly onCrash: (downMs: number) => void;
  readonly spoil?: SpoilStatement;
}

interface Wire {
  readonly line: Line;
  lost: boolean;
}

/** What a driver tells when its connection ended. */
const cut = (): Error => new Error('Connection terminated unexpectedly');

const AFTER_A_STALL = 'goes on after a stall';

/** The pool of one worker's process: each statement is a turn, and the schedule's faults strike around it. */
export class WiredPool extends EventEmitter {
  private readonly wires = new Set<Wire>();

  constructor(private readonly wiring: Wiring) {
    super();
  }

  /** What the runtime asks of a pool is all here. */
  get pool(): Pool {
    return this as unknown as Pool;
  }

  async connect(): Promise<PoolClient> {
    if (this.wiring.actor.dead) throw new Gone();
    const line = await this.wiring.conductor.during(0, this.wiring.lines.take());
    const wire: Wire = { line, lost: false };
    this.wires.add(wire);
    const own: Record<string, unknown> = {
      query: (text: string, values?: readonly unknown[]) => this.statement(wire, text, values),
      release: (broken?: boolean | Error) => this.release(wire, broken),
    };
    return new Proxy(line.client, { get: (client, name) => own[String(name)] ?? bound(client, name) }) as unknown as PoolClient;
  }

  async query(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const client = await this.connect();
    try {
      return await (client.query as (text: string, values?: readonly unknown[]) => Promise<QueryResult>)(text, values);
    } finally {
      client.release();
    }
  }

  /** The process ends: so do its connections. */
  async die(severs: boolean): Promise<void> {
    this.wiring.conductor.kill(this.wiring.actor);
    await this.during(Promise.all([...this.wires].map((wire) => this.lose(wire, severs))));
  }

  private async statement(wire: Wire, text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const { conductor, actor, spoil } = this.wiring;
    await conductor.turn(actor, text.slice(0, TOLD));
    if (wire.lost) throw cut();
    const strikes = this.strikesAt(text);
    for (const strike of strikes) if (strike.when === 'before') await this.strike(strike, wire);
    // Its process was ended while it stalled: nothing is sent any more, least of all on a connection that was rolled back.
    if (wire.lost) throw cut();
    const send = (other: string, given?: readonly unknown[]): Promise<QueryResult> => this.send(wire, other, given);
    const result = await (spoil === undefined
      ? send(text, values)
      : spoil({ text, values, send, elsewhere: (...given) => this.elsewhere(...given) }));
    for (const strike of strikes) if (strike.when === 'after') await this.strike(strike, wire);
    if (wire.lost) throw cut();
    return result;
  }

  private strikesAt(text: string): readonly Strike[] {
    const { strikes, worker, started } = this.wiring;
    const found = started()
      ? [strikes.at(worker, 'statement'), ...(text === 'commit' ? [strikes.at(worker, 'commit')] : [])]
      : [strikes.at(worker, 'start')];
    return found.filter((one) => one !== undefined);
  }

  private send({ line }: Wire, text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const { conductor, lines, look, onLoaded, onClaim, actor, started } = this.wiring;
    if (CLAIMS.test(text)) onClaim(actor, String(values?.[0]));
    const answered = async (): Promise<QueryResult> => {
      const result = await lines.run(line, this.onOurClock(text), values);
      if (line.inTransaction) return result;
      conductor.unlocked();
      if (LOADS.test(text)) onLoaded(actor);
      if (isEnd(text)) await look(actor, 'all', text);
      else if (!/^\s*select/i.test(text)) await look(actor, started() ? 'list' : 'all', text);
      return result;
    };
    return conductor.during(line.pid, answered(), text.slice(0, TOLD));
  }

  private async elsewhere(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const line = await this.during(this.wiring.lines.take());
    try {
      return await this.send({ line, lost: false }, text, values);
    } finally {
      this.wiring.lines.giveBack(line);
    }
  }

  /** Leases expire by the schedule's time. */
  private onOurClock(text: string): string {
    if (!text.includes('clock_timestamp()')) return text;
    return text.replaceAll('clock_timestamp()', `'${new Date(this.wiring.conductor.time.wall()).toISOString()}'::timestamptz`);
  }

  private async strike({ fault }: Strike, wire: Wire): Promise<void> {
    const { conductor, actor, onCrash } = this.wiring;
    if (fault.kind === 'crash') {
      await this.die(fault.severs);
      onCrash(fault.downMs);
      throw new Gone();
    }
    if (fault.kind === 'cut') {
      await this.during(this.lose(wire, fault.severs));
      throw cut();
    }
    if (fault.kind !== 'stall') return;
    actor.stalledUntil = conductor.time.now + fault.forMs;
    conductor.time.after(fault.forMs, () => undefined);
    await conductor.turn(actor, AFTER_A_STALL);
  }

  private async lose(wire: Wire, severs: boolean): Promise<void> {
    if (wire.lost) return;
    wire.lost = true;
    await this.wiring.lines.lose(wire.line, severs);
    this.wiring.conductor.unlocked();
  }

  private release(wire: Wire, broken?: boolean | Error): void {
    if (!this.wires.delete(wire) || wire.lost) return;
    if (broken === undefined || broken === false) {
      wire.lost = true;
      this.wiring.lines.giveBack(wire.line);
    } else void this.during(this.lose(wire, false));
  }

  private during<T>(work: Promise<T>): Promise<T> {
    return this.wiring.conductor.during(0, work);
  }
}

const TOLD = 60;
const LOADS = /^select .*lease_epoch/;
const CLAIMS = /^\s*with me as/;

const bound = (client: object, name: string | symbol): unknown => {
  const value: unknown = Reflect.get(client, name);
  return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(client) : value;
};
