import type { Document } from './grammar';
import { requestsOn, describeRequest, type FuzzRequest } from './request';
import { projectedOf } from './projected';
import { Sender, type FuzzAnswer } from './sender';
import type { ServerHealth, FuzzHarness } from './harness';

export interface Finding {
  readonly count: 'serverErrors' | 'stalls' | 'parked';
  readonly seed: number | null;
  readonly what: string;
}

export interface PlayParts {
  readonly seed: number;
  readonly count: number;
  /** Requests under way at once. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

export interface Outcome {
  readonly findings: readonly Finding[];
  /** Bytes that live in the server at the end, more than when a part of all was answered. */
  readonly heapGrowth: number;
  readonly answered: number;
  /** Accepted, or refused by a rule: behind validation and access. */
  readonly reached: number;
  readonly accepted: number;
  /** Told to ask again later. */
  readonly askedAgain: number;
  /** Answers by status and code. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** By design, each with the time to ask again: not there yet; longer than a request, and on its way; not in a signed tree yet; more dear questions than are taken at once. */
const ASK_AGAIN = new Set([
  '504 not-there-yet',
  '503 under-way',
  '503 being-built',
  '503 not-signed-yet',
  '503 too-much-at-once',
  '503 ask-again',
  '504 ask-again',
]);
const kindOf = ({ status, code, fault }: FuzzAnswer): string => `${status ?? fault} ${code ?? ''}`.trim();
const isWrong = (answer: FuzzAnswer): boolean => (answer.status === null || answer.status >= 500) && !ASK_AGAIN.has(kindOf(answer));

const isAccepted = ({ status }: FuzzAnswer): boolean => status !== null && (status < 300 || status === 304);
const isJudged = ({ status, code }: FuzzAnswer): boolean =>
  status === 409 || status === 422 || (status === 404 && code !== null && code !== 'not-found');

/** A request that lasted as long as a stall at least: it, or one beside it, made it. */
interface Slow {
  readonly asked: FuzzRequest;
  readonly from: number;
  readonly to: number;
}

/** Node itself refuses a header or a path that no client may send; that is nobody's answer. */
const UNSENT = new Set(['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_HTTP_TOKEN']);
const SLOW_MS = 200;
/** Caches are filled, and code compiled, once a part of all is answered. */
const WARM = 0.3;
const LOOK_EVERY = 5_000;

class Play {
  private readonly findings: Finding[] = [];
  private readonly kinds = new Map<string, number>();
  private slow: Slow[] = [];
  private answered = 0;
  private reached = 0;
  private accepted = 0;
  private askedAgain = 0;
  private next: number;

  constructor(
    private readonly harness: FuzzHarness,
    private readonly parts: PlayParts,
    private readonly make: (seed: number) => FuzzRequest,
    private readonly sender: Sender,
  ) {
    this.next = parts.seed;
  }

  async all(): Promise<Outcome> {
    const { seed, count, signal } = this.parts;
    const warm = Math.floor(count * WARM);
    await this.upTo(seed + warm);
    const before = await this.look();
    let after = before;
    for (let end = seed + warm; end < seed + count && !this.isOver();) {
      end = Math.min(seed + count, end + LOOK_EVERY);
      await this.upTo(end);
      after = await this.look();
      this.parts.progress(this.told(after - before));
    }
    if (!this.isOver()) await this.lookAtParked();
    const died = this.harness.server.diedOf();
    if (died !== null && !signal.aborted) this.findings.push({ count: 'serverErrors', seed: null, what: died });
    const { findings, answered, reached, accepted, askedAgain, kinds } = this;
    return { findings, answered, reached, accepted, askedAgain, kinds, heapGrowth: Math.max(0, after - before) };
  }

  private isOver(): boolean {
    return this.parts.signal.aborted || this.harness.server.diedOf() !== null;
  }

  private told(growth: number): string {
    const { answered, reached, findings, parts } = this;
    return `${answered} of ${parts.count} requests, ${reached} of them judged by the domain, ${findings.length} findings, heap ${growth >> 20} MiB more`;
  }

  private async upTo(end: number): Promise<void> {
    const work = async (): Promise<void> => {
      while (this.next < end && !this.isOver()) await this.one(this.make(this.next++));
    };
    await Promise.all(Array.from({ length: this.parts.atOnce }, work));
  }

  private async one(asked: FuzzRequest): Promise<void> {
    const token = asked.as && (await this.harness.token(asked.as.subject, asked.as.roles));
    const from = Date.now();
    const answer = await this.sender.send(asked, token);
    const to = Date.now();
    if (to - from > SLOW_MS) this.slow.push({ asked, from, to });
    this.note(asked, answer);
  }

  private note(asked: FuzzRequest, answer: FuzzAnswer): void {
    if (UNSENT.has(answer.fault ?? '')) return;
    const kind = kindOf(answer);
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    this.answered += 1;
    if (isAccepted(answer)) this.accepted += 1;
    if (ASK_AGAIN.has(kind)) this.askedAgain += 1;
    if (isAccepted(answer) || isJudged(answer)) this.reached += 1;
    if (!isWrong(answer)) return;
    this.findings.push({ count: 'serverErrors', seed: asked.seed, what: `${kind}: ${describeRequest(asked)}` });
    this.parts.progress(`${kind}: ${describeRequest(asked)}`);
  }

  /** Asks the server how it is. Answers what lives in it; of one that is gone, nothing. */
  private async look(): Promise<number> {
    if (this.harness.server.diedOf() !== null) return 0;
    const { stalls, faults, memory } = await this.harness.server.ask<ServerHealth>('how are you');
    for (const { until, computed } of stalls) this.stalled(until, computed);
    for (const fault of faults) this.parts.progress(`the API logged: ${fault}`);
    this.slow = [];
    return memory;
  }

  /** What was accepted, and no read model or process can do anything with. */
  private async lookAtParked(): Promise<void> {
    const { parked } = await projectedOf(this.harness.server.url, this.parts.signal);
    for (const what of parked) this.findings.push({ count: 'parked', seed: null, what: `parked: ${what}` });
  }

  private stalled(until: number, computed: number): void {
    const beside = this.slow.filter(({ from, to }) => from <= until && to >= until - computed);
    const shown = beside.slice(0, 3).map(({ asked }) => describeRequest(asked));
    const what = `the API computed ${computed} ms and answered nobody, with these under way: ${shown.join('; ') || 'none'}`;
    this.parts.progress(what);
    this.findings.push({ count: 'stalls', seed: beside[0]?.asked.seed ?? null, what });
  }
}

/** Sends requests `seed` to `seed + count`, several at once, and looks at what came of them. */
export const play = async (harness: FuzzHarness, parts: PlayParts): Promise<Outcome> => {
  const answer = await fetch(`${harness.server.url}/docs-json`);
  const document = (await answer.json()) as Document;
  const sender = new Sender(new URL(harness.server.url), parts.atOnce);
  try {
    return await new Play(harness, parts, requestsOn({ document, played: harness.played, now: Date.now() }), sender).all();
  } finally {
    sender.close();
  }
};
