import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Clock } from '#kernel/clock';
import type { Day } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { Position } from '#event-store/log.port';
import { IsDay, IsNotBefore } from '#application/dto/fields';
import { CLOCK } from '#application/dispatch/tokens';
import { queueItemOf } from '#projections/match-queue/match-queue.feed';
import type { QueueRow } from '#projections/match-queue/match-queue.projection';
import { RiskAt } from '#projections/risk/risk.queries';
import type { Dimension } from '#projections/satisfaction/figures';
import { SatisfactionAt } from '#projections/satisfaction/satisfaction.queries';
import { TrainingHoursByMonth } from '#projections/training-hours/training-hours.queries';
import { Allow, CallerOf, type Caller } from '../../../installation/access';
import { ApiEventStream } from '../../openapi/documented';
import { QueryRunner } from '../../queries/query-runner';
import { LastEventId, type GivenId } from '../../feeds/event-id';
import type { Figures } from '../../feeds/figure-views';
import { ReadModelFeeds } from '../../feeds/read-model-feeds';
import { RUNTIME, type Running } from '../../../telemetry/health.controller';

export class FeedDto {
  /** Only items whose key begins so. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^[\w./:#-]*$/, { message: '$property must be the beginning of an id' })
  readonly prefix: string = '';
}

export class SatisfactionFeedDto extends FeedDto {
  /** One at a time (R15). */
  @IsOptional()
  @IsIn(['network', 'site', 'unit', 'topic', 'role'])
  readonly by: Dimension = 'network';
}

export class HoursFeedDto extends FeedDto {
  @IsDay()
  readonly from!: Day;

  @IsDay()
  @IsNotBefore('from')
  readonly to!: Day;
}

interface Answer {
  readonly readPosition: { readonly position: string };
}

const keyed = <Each>({ readPosition }: Answer, each: readonly Each[], keyOf: (one: Each) => string): Figures => ({
  // the token's first part
  position: readPosition.position.split('.', 1)[0] as Position,
  items: new Map(each.map((one) => [keyOf(one), JSON.stringify(one)])),
});

const EXAMPLE_ID = '5d4e2f60-9a3c-4b7e-8f21-0c6d1e2a3b4c';
const OF_RISK = {
  indicator: 'imbalance',
  cell: null,
  unit: 'share',
  numerator: 31,
  denominator: 50,
  n: 50,
  threshold: 0.5,
  alert: false,
  hidden: false,
};
const OF_QUEUE = {
  ...{ kind: 'match', id: EXAMPLE_ID, topicUri: 'urn:savoirs:topic:spreadsheet-pivot-tables', participants: [], score: { topic: 1 } },
  waits: [
    { who: EXAMPLE_ID, why: 'answer-match', since: '2026-03-02T09:00:00Z', from: '2026-03-02T09:00:00Z', until: '2026-03-16T09:00:00Z' },
  ],
};

const OF_BUILD = {
  ...{ name: 'risk', version: 3, build: 1, serves: 'catching-up', paused: false, position: '00000000000000020000', done: 1200 },
  ...{ toDo: { events: 800, estimated: false }, eventsPerSecond: 400, secondsLeft: { least: 2, most: 3 }, fault: null },
};

const figureKey = ({ indicator, cell }: { readonly indicator: string; readonly cell: string | null }): string =>
  `${indicator}/${cell ?? 'network'}`;

const showQueue = (row: string): string | null => {
  const item = queueItemOf(JSON.parse(row) as QueueRow);
  return item && JSON.stringify(item);
};

/** Read models as they change: a snapshot, then what changed. To each role what the query of that read model answers it. */
@Controller('networks/:networkId/feeds')
export class FeedsController {
  constructor(
    private readonly feeds: ReadModelFeeds,
    private readonly reading: QueryRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RUNTIME) private readonly running: Running,
  ) {}

  @Get('risk')
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiEventStream('Risk indicators as they change, by `indicator/cell`', 'imbalance/network', { ...OF_RISK, value: 0.62 })
  async risk(@CallerOf() caller: Caller, @LastEventId() from: GivenId | null, @Query() { prefix }: FeedDto, @Res() reply: FastifyReply) {
    const { networkId } = caller;
    const ask = async (): Promise<Figures> => {
      const answer = await this.reading.ask(new RiskAt(networkId, asOfOrNow(undefined, this.clock.now())));
      return keyed(answer, answer.figures, figureKey);
    };
    await this.feeds.figures({ reply, caller, feed: 'risk' }, { key: `risk ${networkId}`, model: 'risk', ask, prefix, from });
  }

  @Get('satisfaction')
  @Allow('network-lead', 'auditor', 'dashboard')
  @ApiEventStream(
    'Satisfaction indicators of one dimension as they change, by `indicator/cell`; in the steps of R15',
    'responseRate/site:LYON',
    {
      ...{ indicator: 'responseRate', cell: 'site:LYON', hidden: true },
    },
  )
  async satisfaction(
    @CallerOf() caller: Caller,
    @LastEventId() from: GivenId | null,
    @Query() { by, prefix }: SatisfactionFeedDto,
    @Res() reply: FastifyReply,
  ) {
    const { networkId } = caller;
    const ask = async (): Promise<Figures> => {
      const query = new SatisfactionAt(networkId, asOfOrNow(undefined, this.clock.now()), by);
      const answer = await this.reading.ask(query);
      return keyed(answer, answer.figures, figureKey);
    };
    const asked = { key: `satisfaction ${networkId} ${by}`, model: 'satisfaction', ask, prefix, from };
    await this.feeds.figures({ reply, caller, feed: 'satisfaction' }, asked);
  }

  @Get('training-hours')
  @Allow('hr', 'network-lead', 'dashboard')
  @ApiEventStream(
    'Learner and giver minutes of the network as they change, by whole months that are over (R15); hours of persons are not shown here',
    '2026-03',
    {
      ...{ month: '2026-03', learnerMinutes: 5400, giverMinutes: 4800, minutesOutside: 120 },
    },
  )
  async trainingHours(
    @CallerOf() caller: Caller,
    @LastEventId() given: GivenId | null,
    @Query() dto: HoursFeedDto,
    @Res() reply: FastifyReply,
  ) {
    const { networkId } = caller;
    const { from, to, prefix } = dto;
    const ask = async (): Promise<Figures> => {
      const query = new TrainingHoursByMonth(networkId, { from, to }, { now: this.clock.now(), toTheDay: false });
      const answer = await this.reading.ask(query);
      return keyed(answer, answer.months, ({ month }) => month);
    };
    const asked = { key: `training-hours ${networkId} ${from} ${to}`, model: 'training-hours', ask, prefix, from: given };
    await this.feeds.figures({ reply, caller, feed: 'training-hours' }, asked);
  }

  @Get('match-queue')
  @Allow('facilitator')
  @ApiEventStream('What waits for whom, as it changes, by `match/id`, `exchange/id` and so on', `match/${EXAMPLE_ID}`, OF_QUEUE)
  async matchQueue(
    @CallerOf() caller: Caller,
    @LastEventId() from: GivenId | null,
    @Query() { prefix }: FeedDto,
    @Res() reply: FastifyReply,
  ) {
    const asked = { model: 'match-queue', show: showQueue, networkId: caller.networkId, prefix, from };
    await this.feeds.rows({ reply, caller, feed: 'match-queue' }, asked);
  }

  @Get('projections')
  @Allow('operator')
  @ApiEventStream('How far each build of a projection is, each second, by `name/version/build`', 'risk/3/1', OF_BUILD)
  async projections(
    @CallerOf() caller: Caller,
    @LastEventId() from: GivenId | null,
    @Query() { prefix }: FeedDto,
    @Res() reply: FastifyReply,
  ) {
    const { builds, log } = this.running.installation;
    const ask = async (): Promise<Figures> => {
      const [all, position] = [await builds.progress(), await log.head()];
      return { position, items: new Map(all.map((one) => [`${one.name}/${one.version}/${one.build}`, JSON.stringify(one)])) };
    };
    await this.feeds.figures({ reply, caller, feed: 'projections' }, { key: 'projections', model: null, ask, prefix, from });
  }
}
