import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Instant, PastOrNow } from '#kernel/id';
import type { Language } from '#domain/vocabulary';
import type { ReadStore, ReadPosition } from '#read-store/read-store.port';
import { READ_STORE } from '#read-store/tokens';
import { TOPICS, type TopicLabel, type Topics } from '#topics/topics.port';
import { GAP_AT, type GapAt } from './indicators/evaluation-gap';
import type { TopicAskedFor } from './indicators/single-source';
import { evaluatedNetwork } from './network-evaluation';

export interface TopicsInNeedAnswer {
  readonly readPosition: ReadPosition;
  readonly asOf: Instant;
  readonly topics: readonly (TopicAskedFor & { readonly label: TopicLabel | null })[];
}

/** Topics that are asked for and held by one person or nobody, or whose requests wait: what unmet demand and single source are made of (§5). */
export class TopicsInNeed extends Query<TopicsInNeedAnswer> {
  constructor(
    readonly networkId: string,
    readonly asOf: PastOrNow,
    readonly labels: Language,
  ) {
    super();
  }
}

const isInNeed = ({ waiting, activeGivers }: TopicAskedFor): boolean => waiting > 0 || activeGivers <= 1;

@QueryHandler(TopicsInNeed)
export class TopicsInNeedHandler implements IQueryHandler<TopicsInNeed> {
  constructor(
    @Inject(READ_STORE) private readonly store: ReadStore,
    @Inject(GAP_AT) private readonly gapAt: GapAt,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  async execute({ networkId, asOf, labels }: TopicsInNeed): Promise<TopicsInNeedAnswer> {
    const { readPosition, topicsAt } = await evaluatedNetwork(this.store, networkId, this.gapAt);
    const found = topicsAt(asOf).filter(isInNeed);
    const named = await this.topics.labels(
      found.map(({ uri }) => uri),
      labels,
    );
    return { readPosition, asOf, topics: found.map((topic) => ({ ...topic, label: named.get(topic.uri) ?? null })) };
  }
}
