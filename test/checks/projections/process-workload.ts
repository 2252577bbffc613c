import { seededRandom } from '#apps/demo/seeded-random';
import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import type { RecordedEvent } from '#event-store/codec.port';
import { fromPosition } from '#event-store/position';
import type { Position } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import type { Process } from '#kernel/process';
import { commandIdOf, dueKey } from '#read-store/processes/command-ids';
import type { CommandAnswer, CommandIds } from '#read-store/processes/command-queue';
import type { AnyProcess } from '#read-store/processes/process-runner';
import { controlTables } from '#read-store/tables/table-names';
import type { Count } from './invariants';

type Handled = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' | 'MemberResumed' | 'EngagementReleased' }>;
interface Row {
  readonly times: number;
}

/** Long past, whatever the calendar does: it strikes as soon as the log's head is reached. */
const strikesAt = (number: number): Instant => new Date(Date.UTC(2026, 1, 1) + number * 1000).toISOString() as Instant;

const NAME = 'chores';
export const PROCESS_NAME = `process/${NAME}`;
const ORDERS = 2;

/** What throws of an event in the process: an order by its index, its fold, or the order of the due time that it sets. */
type Fault = 0 | 1 | 'evolve' | 'due';

interface Chore {
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly index: number;
  readonly eventId: string;
  readonly isDue: boolean;
}

interface Parked {
  readonly key: string;
  readonly position: Position;
  readonly eventId: string;
  readonly due: string;
  readonly fault: string | null;
  readonly answered: number;
}

/** As anybody sees it at one moment. */
interface Seen {
  readonly position: Position;
  readonly parked: readonly Parked[];
  readonly rows: readonly (readonly [string, string])[];
  /** Of keys where nothing is parked. */
  readonly dues: number;
}

const SEEN = (schema: string): string => {
  const { projection, parked, processRow, due } = controlTables(schema);
  return `select p.position,
    (select coalesce(json_agg(json_build_object('key', k.key, 'position', k.position, 'eventId', k.event_id, 'due', k.due, 'fault', k.fault, 'answered', k.answered)), '[]')
       from ${parked} k where k.projection = p.id and k.state = 'parked') as parked,
    (select coalesce(json_agg(json_build_array(r.key, r.row) order by r.key), '[]') from ${processRow} r where r.process = p.id) as rows,
    (select count(*)::integer from ${due} d where d.process = p.id
       and not exists (select from ${parked} k where k.projection = p.id and k.state = 'parked' and k.key = d.key)) as dues
    from ${projection} p where p.name = '${PROCESS_NAME}' and p.state <> 'retired'`;
};

const place = (position: Position): number => Number(fromPosition(position));

/** A process, those who carry its orders out, and what must come of them: told once more and plainly, from the log alone. */
export class ProcessWorkload {
  mended = false;
  private readonly faults = new Map<string, Fault>();
  private readonly expected = new Map<string, Chore>();
  private readonly events: { readonly event: RecordedEvent; readonly number: number; readonly key: string }[] = [];
  private readonly done = new Set<string>();
  private readonly givenUp = new Set<string>();
  /** Given up while their fold threw: no row has them. */
  private readonly dropped = new Set<string>();
  private seen: Seen | null = null;
  ever = 0;

  constructor(
    readonly inPlay: boolean,
    private readonly seed: number,
    private readonly find: (count: Count, what: string) => void,
  ) {}

  readonly process: Process<Handled, Row, SentCommand> = {
    name: NAME,
    version: 1,
    handles: { TrainingHoursRecorded: true, MemberResumed: true, EngagementReleased: true },
    keys: ({ data }) => [data.memberId],
    evolve: (row, { type, meta }) => {
      if (!this.mended && this.faults.get(meta.eventId) === 'evolve') throw new Error('planted');
      if (type === 'EngagementReleased') return { row: null };
      const times = (row?.times ?? 0) + 1;
      return type === 'MemberResumed' ? { row: { times }, due: { late: strikesAt(this.numberOf(meta.eventId)) } } : { row: { times } };
    },
    react: (_, cause, key) => {
      const count = 'name' in cause ? 1 : cause.type === 'TrainingHoursRecorded' ? ORDERS : 0;
      // Nobody looks into an order: its ids say which it is.
      return Array.from({ length: count }, (_none, index) => ({ type: 'Chore', data: { key, index } }) as unknown as SentCommand);
    },
  };

  get processes(): readonly AnyProcess[] {
    return this.inPlay ? [this.process as AnyProcess] : [];
  }

  /** The log grows by one. */
  append(event: RecordedEvent, number: number, poisoned: boolean): void {
    if (!this.inPlay || !(event.type in this.process.handles)) return;
    const { eventId } = event.meta;
    // Each of the handled types names a member.
    const key = (event.data as { readonly memberId: string }).memberId;
    const chance = seededRandom(this.seed, `chore ${number}`);
    this.events.push({ event, number, key });
    const isDue = event.type === 'MemberResumed';
    if (poisoned && chance.yes(isDue ? 0.7 : 0.3))
      this.faults.set(eventId, isDue ? chance.of(['due', 'due', 'evolve']) : chance.of([0, 1, 'evolve']));
    const common = { number, key, eventId, isDue };
    if (isDue) this.expect({ ...common, index: 0, id: commandIdOf(dueKey({ key, name: 'late', at: strikesAt(number) }), NAME, 0) });
    if (event.type !== 'TrainingHoursRecorded') return;
    for (let index = 0; index < ORDERS; index += 1) this.expect({ ...common, index, id: commandIdOf(eventId, NAME, index) });
  }

  /** Carries an order out, once under each id. @throws what is planted */
  readonly execute = async (_: unknown, { commandId }: CommandIds): Promise<CommandAnswer> => {
    const chore = this.expected.get(commandId);
    if (chore === undefined) {
      this.find('doubled', `an order under an id that its cause does not give: ${commandId}`);
      return 'done';
    }
    const fault = this.mended ? undefined : this.faults.get(chore.eventId);
    if (fault === (chore.isDue ? 'due' : chore.index)) throw new Error('planted');
    if (this.done.has(chore.id)) return 'done';
    if (this.givenUp.has(chore.id)) this.find('doubled', `given up, and carried out all the same: ${told(chore)}`);
    const before = this.before(chore);
    if (before !== undefined) this.find('reordered', `${told(chore)} before ${told(before)}`);
    this.done.add(chore.id);
    return 'done';
  };

  /** An operator gave up the first cause that waits there. */
  skip({ key, eventId, due }: { readonly key: string; readonly eventId: string; readonly due: object | null }): void {
    for (const chore of this.expected.values())
      if (chore.eventId === eventId && chore.key === key && chore.isDue === (due !== null)) this.giveUp(chore.id);
    if (due === null && !this.mended && this.faults.get(eventId) === 'evolve') this.dropped.add(eventId);
  }

  /** After every commit. */
  async look(query: (sql: string) => Promise<{ readonly rows: readonly unknown[] }>, schema: string): Promise<void> {
    if (!this.inPlay) return;
    const { rows } = await query(SEEN(schema));
    // The query's own columns.
    const [seen] = rows as readonly Seen[];
    if (seen === undefined) return;
    const ahead = seen.parked.find(({ position }) => position > seen.position);
    if (ahead) this.find('ahead', `${PROCESS_NAME} stands at ${place(seen.position)}, and ${place(ahead.position)} is parked already`);
    for (const { eventId, fault, answered, due } of seen.parked) {
      const planted = due === '' ? this.faults.get(eventId) : 0;
      if (fault !== null && !this.mended && typeof planted === 'number' && answered !== planted)
        this.find('doubled', `${planted} orders of a parked event are answered, and it would begin after ${answered}`);
    }
    if (seen.parked.length > (this.seen?.parked.length ?? 0)) this.ever += 1;
    this.seen = seen;
  }

  /** At the log's head, and every due time that may strike has. */
  atRest(head: number): boolean {
    return !this.inPlay || (this.seen !== null && place(this.seen.position) === head && this.seen.dues === 0);
  }

  /** At the end, when nobody moves any more. */
  judge(): void {
    if (!this.inPlay || this.seen === null) return;
    const { parked, rows } = this.seen;
    const waits = (eventId: string, key: string, isDue: boolean): boolean =>
      parked.some((one) => one.key === key && one.eventId === eventId && (one.due !== '') === isDue);
    const expected = new Map<string, number>();
    const last = new Map<string, string>();
    for (const { event, key } of this.events) {
      const { eventId } = event.meta;
      if (waits(eventId, key, false) || this.dropped.has(eventId)) continue;
      if (event.type === 'EngagementReleased') {
        expected.delete(key);
        last.delete(key);
      } else {
        expected.set(key, (expected.get(key) ?? 0) + 1);
        if (event.type === 'MemberResumed') last.set(key, eventId);
      }
    }
    for (const chore of this.expected.values()) {
      const { id, eventId, key, isDue } = chore;
      if (this.done.has(id) || this.givenUp.has(id)) continue;
      // A due time that was set again, or went with its row, strikes no more; one of a key that waits, waits.
      const isOver = isDue ? last.get(key) !== eventId || parked.some((one) => one.key === key) : waits(eventId, key, false);
      if (!isOver) this.find('lost', `never carried out: ${told(chore)}`);
    }
    const folded = JSON.stringify([...expected].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, times]) => [key, `{"times":${times}}`]));
    if (JSON.stringify(rows) !== folded) this.find('differences', `${PROCESS_NAME} holds ${JSON.stringify(rows)} and not ${folded}`);
  }

  private numberOf(eventId: string): number {
    return this.events.find(({ event }) => event.meta.eventId === eventId)!.number;
  }

  private expect(chore: Chore): void {
    this.expected.set(chore.id, chore);
  }

  private giveUp(id: string): void {
    if (!this.done.has(id)) this.givenUp.add(id);
  }

  /** An order of the same key that ought to have come first: of an event, every earlier one; of a due time, those of what was read by then. */
  private before(chore: Chore): Chore | undefined {
    const read = this.seen === null ? 0 : place(this.seen.position);
    return [...this.expected.values()].find((one) => {
      if (one.isDue || one.key !== chore.key || this.done.has(one.id) || this.givenUp.has(one.id) || this.dropped.has(one.eventId))
        return false;
      if (chore.isDue) return one.number <= read;
      return one.number < chore.number || (one.number === chore.number && one.index < chore.index);
    });
  }
}

const told = ({ number, key, index, isDue }: Chore): string => `${isDue ? 'the due time' : `order ${index}`} of event ${number} for ${key}`;
