import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from '#kernel/clock';
import { CLOCK } from '#application/dispatch/tokens';
import type { Settings } from '../../installation/settings';
import type { Caller } from '../../installation/access';
import { LOGGER } from '../../telemetry/logging';
import { METRICS, type Metrics } from '../../telemetry/metrics';
import { problem } from '../problems/problem';
import { Outlet } from './outlet';

export const FEED_SETTINGS = Symbol('FeedSettings');
export type FeedSettings = Settings['feeds'];

export interface Opening {
  readonly reply: FastifyReply;
  readonly caller: Caller;
  /** Of the metric. */
  readonly feed: string;
}

/** How long a browser's own client waits before it comes back. */
const RETRY_MS = 2_000;
const HEAD = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** The feeds that are open: how many, whose, until when. */
@Injectable()
export class Feeds implements OnModuleDestroy {
  private readonly open = new Set<Outlet>();
  private readonly ofIdentity = new Map<string, number>();
  private isStopping = false;

  constructor(
    @Inject(FEED_SETTINGS) private readonly settings: FeedSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** Answers with a stream and follows until it ends. @throws ProblemError before anything was sent */
  async stream({ reply, caller, feed }: Opening, follow: (out: Outlet) => Promise<void>): Promise<void> {
    const identity = `${caller.networkId} ${caller.actor.id}`;
    this.admit(identity);
    const headers = reply.headers(HEAD).getHeaders();
    reply.hijack();
    reply.raw.writeHead(200, headers as Record<string, string>);
    if (reply.request.method === 'HEAD') return void reply.raw.end();
    reply.raw.write(`retry: ${RETRY_MS}\n\n`);
    const out = new Outlet(reply.raw, this.settings.drainSeconds * 1000);
    const leave = this.enter(out, { identity, feed });
    const untilMs = Math.max(caller.expiresAt - Date.parse(this.clock.now()), 0);
    const expiry = setTimeout(() => out.end('token-expired'), Math.min(untilMs, 2 ** 31 - 1));
    try {
      await follow(out);
    } catch (fault) {
      this.logger.warn(
        { reqId: reply.request.id, context: 'Feeds', feed, fault: fault instanceof Error ? fault.name : 'unknown' },
        'a feed ended by a fault',
      );
      out.end('unavailable');
    } finally {
      clearTimeout(expiry);
      leave();
    }
  }

  /** Everybody is told, and comes back to another process or a later one. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const out of this.open) out.end('stopping');
  }

  private admit(identity: string): void {
    if (this.isStopping) throw problem(503, 'unavailable', { en: 'The service is not ready', fr: 'Le service n’est pas prêt' });
    if ((this.ofIdentity.get(identity) ?? 0) >= this.settings.perIdentity)
      throw problem(
        429,
        'too-many-feeds',
        { en: 'Too many feeds at once: end one first', fr: 'Trop de flux à la fois : terminez-en un' },
        { details: { most: this.settings.perIdentity } },
      );
    if (this.open.size >= this.settings.most)
      throw problem(503, 'too-many-feeds', {
        en: 'Too many feeds are open here: come back later',
        fr: 'Trop de flux sont ouverts ici : revenez plus tard',
      });
  }

  private enter(out: Outlet, { identity, feed }: { identity: string; feed: string }): () => void {
    this.open.add(out);
    this.ofIdentity.set(identity, (this.ofIdentity.get(identity) ?? 0) + 1);
    this.metrics.openFeeds.inc({ feed });
    return () => {
      this.open.delete(out);
      const left = (this.ofIdentity.get(identity) ?? 1) - 1;
      if (left === 0) this.ofIdentity.delete(identity);
      else this.ofIdentity.set(identity, left);
      this.metrics.openFeeds.dec({ feed });
      this.metrics.endedFeeds.inc({ feed, reason: out.ended ?? 'client' });
    };
  }
}
