import { EventEmitter } from 'node:events';
import type { Pool, PoolClient, QueryResult } from 'pg';
import type { Actor, Conductor } from './conductor';
import { Gone } from './conductor';
import { isEnd, type Connection, type Connections } from './connections';
import type { PlannedFault } from './schedule';
import type { FaultInjector } from './faults';

/** One statement on its way through a planted bug. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[] | undefined;
  /** Sends it as it is, or another, on its own connection. */
  readonly send: (text: string, values?: readonly unknown[]) => Promise<QueryResult>;
  /** On another connection, and committed at once. */
  readonly elsewhere: (text: string, values?: readonly unknown[]) => Promise<QueryResult>;
}

export type AlterStatement = (statement: Statement) => Promise<QueryResult>;

export interface FaultyPoolParts {
  readonly actor: Actor;
  readonly worker: number;
  readonly conductor: Conductor;
  readonly connections: Connections;
  readonly injector: FaultInjector;
  /** Whether it has started: faults of a start are counted apart. */
  readonly started: () => boolean;
  /** After something was committed. */
  readonly look: (actor: Actor, at: 'all' | 'list', text: string) => Promise<void>;
  /** After it read the epochs of the list. */
  readonly onLoaded: (actor: Actor) => void;
  /** Before it claims leases under that name. */
  readonly onClaim: (actor: Actor, owner: string) => void;
  readonly onCrash: (downMs: number) => void;
  readonly alter?: AlterStatement;
}

interface Wire {
  readonly connection: Connection;
  lost: boolean;
}

/** What a driver tells when its connection ended. */
const cut = (): Error => new Error('Connection terminated unexpectedly');

const AFTER_A_STALL = 'goes on after a stall';

/** The pool of one worker's process: each statement is a turn, and the schedule's faults strike around it. */
export class FaultyPool extends EventEmitter {
  private readonly wires = new Set<Wire>();

  constructor(private readonly parts: FaultyPoolParts) {
    super();
  }

  /** What the runtime asks of a pool is all here. */
  get pool(): Pool {
    return this as unknown as Pool;
  }

  async connect(): Promise<PoolClient> {
    if (this.parts.actor.dead) throw new Gone();
    const connection = await this.parts.conductor.during(0, this.parts.connections.take());
    const wire: Wire = { connection, lost: false };
    this.wires.add(wire);
    const own: Record<string, unknown> = {
      query: (text: string, values?: readonly unknown[]) => this.statement(wire, text, values),
      release: (broken?: boolean | Error) => this.release(wire, broken),
    };
    return new Proxy(connection.client, { get: (client, name) => own[String(name)] ?? bound(client, name) }) as unknown as PoolClient;
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
    this.parts.conductor.kill(this.parts.actor);
    await this.during(Promise.all([...this.wires].map((wire) => this.lose(wire, severs))));
  }

  private async statement(wire: Wire, text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const { conductor, actor, alter } = this.parts;
    await conductor.turn(actor, text.slice(0, TOLD));
    if (wire.lost) throw cut();
    const planned = this.strikesAt(text);
    for (const strike of planned) if (strike.when === 'before') await this.strike(strike, wire);
    // Its process was ended while it stalled: nothing is sent any more, least of all on a connection that was rolled back.
    if (wire.lost) throw cut();
    const send = (other: string, given?: readonly unknown[]): Promise<QueryResult> => this.send(wire, other, given);
    const result = await (alter === undefined
      ? send(text, values)
      : alter({ text, values, send, elsewhere: (...given) => this.elsewhere(...given) }));
    for (const strike of planned) if (strike.when === 'after') await this.strike(strike, wire);
    if (wire.lost) throw cut();
    return result;
  }

  private strikesAt(text: string): readonly PlannedFault[] {
    const { injector, worker, started } = this.parts;
    const found = started()
      ? [injector.at(worker, 'statement'), ...(text === 'commit' ? [injector.at(worker, 'commit')] : [])]
      : [injector.at(worker, 'start')];
    return found.filter((one) => one !== undefined);
  }

  private send({ connection }: Wire, text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const { conductor, connections, look, onLoaded, onClaim, actor, started } = this.parts;
    if (CLAIMS.test(text)) onClaim(actor, String(values?.[0]));
    const answered = async (): Promise<QueryResult> => {
      const result = await connections.run(connection, this.onOurClock(text), values);
      if (connection.inTransaction) return result;
      conductor.unlocked();
      if (LOADS.test(text)) onLoaded(actor);
      if (isEnd(text)) await look(actor, 'all', text);
      else if (!/^\s*select/i.test(text)) await look(actor, started() ? 'list' : 'all', text);
      return result;
    };
    return conductor.during(connection.pid, answered(), text.slice(0, TOLD));
  }

  private async elsewhere(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    const connection = await this.during(this.parts.connections.take());
    try {
      return await this.send({ connection, lost: false }, text, values);
    } finally {
      this.parts.connections.giveBack(connection);
    }
  }

  /** Leases expire by the schedule's time. */
  private onOurClock(text: string): string {
    if (!text.includes('clock_timestamp()')) return text;
    return text.replaceAll('clock_timestamp()', `'${new Date(this.parts.conductor.time.wall()).toISOString()}'::timestamptz`);
  }

  private async strike({ fault }: PlannedFault, wire: Wire): Promise<void> {
    const { conductor, actor, onCrash } = this.parts;
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
    await this.parts.connections.lose(wire.connection, severs);
    this.parts.conductor.unlocked();
  }

  private release(wire: Wire, broken?: boolean | Error): void {
    if (!this.wires.delete(wire) || wire.lost) return;
    if (broken === undefined || broken === false) {
      wire.lost = true;
      this.parts.connections.giveBack(wire.connection);
    } else void this.during(this.lose(wire, false));
  }

  private during<T>(work: Promise<T>): Promise<T> {
    return this.parts.conductor.during(0, work);
  }
}

const TOLD = 60;
const LOADS = /^select .*lease_epoch/;
const CLAIMS = /^\s*with me as/;

const bound = (client: object, name: string | symbol): unknown => {
  const value: unknown = Reflect.get(client, name);
  return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(client) : value;
};
