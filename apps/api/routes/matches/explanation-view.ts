import { Inject, Injectable } from '@nestjs/common';
import type { Explanation } from '#application/round-explainer.port';
import type { MemberId, OfferId } from '#domain/ids';
import type { Affair } from '#domain/match/who-sees-whom';
import type { Language } from '#domain/vocabulary';
import { NOBODYS } from '#projections/match-queue/affair';
import { AuthorsOf } from '#projections/member-page/authors.queries';
import type { SeenPerson } from '#projections/member-page/affairs.queries';
import { BadCursor, cursorOf, readCursor } from '#read-store/cursor';
import { TOPICS, type TopicLabel, type Topics } from '#topics/topics.port';
import type { Caller } from '../../../installation/access';
import { QueryRunner } from '../../queries/query-runner';
import { Visibility } from '../../queries/visibility';

type Explained = Explanation['explained'];
type Unmatched = Explained['unmatched'][number];
type Learner = Explained['proposals'][number]['learners'][number];
type Row = Explained['scarcity'][number];
type Offered = { readonly offerId: OfferId; readonly memberId: MemberId };

interface Page {
  readonly from: number;
  readonly limit: number;
}

/** Where a page begins, before anything is solved for it. @throws BadCursor */
export const pageFrom = ({ limit, cursor }: { readonly limit: number; readonly cursor?: string }): Page => {
  const from = cursor === undefined ? 0 : readCursor(cursor, ['number'])[0];
  if (!Number.isSafeInteger(from) || from < 0) throw new BadCursor('cursor: give back the one that came with the page before');
  return { from, limit };
};

const HIDDEN: SeenPerson = { memberId: null, name: null, seen: 'hidden' };

const offeredIn = ({ remedy }: Unmatched): readonly Offered[] =>
  remedy.kind === 'capacity' || remedy.kind === 'smaller-group' ? [remedy] : [];
const topicsIn = ({ remedy }: Unmatched): readonly string[] =>
  remedy.kind === 'more-givers' && remedy.topicUri !== null ? [remedy.topicUri] : [];

const offersAffair = ({ memberId, offerId }: Offered): Affair => ({
  ...NOBODYS,
  participants: [{ memberId, role: 'giver', offerId }],
  others: [],
});

/** What an explanation says, as a person may read it: names and wordings by the one rule (§7). */
@Injectable()
export class ExplanationView {
  constructor(
    private readonly reading: QueryRunner,
    private readonly visibility: Visibility,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  /** What gates cost, whatever the page; then matches, then what was left. */
  async page(caller: Caller, explanation: Explanation, { page, labels }: { readonly page: Page; readonly labels: Language }) {
    const { proposals, unmatched, gateCosts, told, served, gap, solverVersion } = explanation.explained;
    const { from } = page;
    const until = from + page.limit;
    const matches = proposals.slice(from, until);
    const left = unmatched.slice(Math.max(0, from - proposals.length), Math.max(0, until - proposals.length));
    const rivals = matches.flatMap(({ learners }) => learners.flatMap(({ alternative }) => alternative ?? []));
    const nameOf = await this.giversOf(caller, [...rivals, ...left.flatMap(offeredIn)]);
    const labelOf = await this.topics.labels([...new Set(left.flatMap(topicsIn))], labels);
    return {
      ...this.about(explanation),
      ...{ solverVersion, served, gap, gateCosts, told },
      proposals: matches.map(({ matchId, learners }) => ({ matchId, learners: learners.map((one) => learnerSeen(one, nameOf)) })),
      unmatched: left.map(({ requestId, reason, remedy }) => ({ requestId, reason, remedy: remedySeen(remedy, nameOf, labelOf) })),
      next: until < proposals.length + unmatched.length ? cursorOf(until) : null,
    };
  }

  async scarcity(caller: Caller, explanation: Explanation, labels: Language) {
    const { scarcity, scarceTopics } = explanation.explained;
    const labelOf = await this.topics.labels([...new Set(scarcity.flatMap(({ topicUri }) => topicUri ?? []))], labels);
    const wordsOf = await this.wordsOf(
      caller,
      scarcity.filter(({ topicUri }) => topicUri === null),
    );
    const rows = scarcity.map(({ topicUri, topicKey: _, sample, level, language, waiting, givers, steps }) => ({
      topic:
        topicUri === null
          ? { uri: null, label: wordsOf.get(sample) ?? null }
          : { uri: topicUri, label: labelOf.get(topicUri)?.label ?? null },
      ...{ level, language, waiting, givers, steps },
    }));
    return { ...this.about(explanation), rows, all: scarceTopics };
  }

  private about({ roundId, basis, asOf, policyVersion, seed }: Explanation) {
    return { roundId, basis, asOf, policyVersion, seed };
  }

  private async giversOf(caller: Caller, offers: readonly Offered[]): Promise<(offer: Offered) => SeenPerson> {
    const seen = await this.visibility.show(caller, offers.map(offersAffair));
    const people = new Map(offers.map(({ offerId }, at) => [offerId, seen[at]?.participants[0]]));
    return ({ offerId }) => {
      const { memberId, name, seen: how } = people.get(offerId) ?? HIDDEN;
      return { memberId, name, seen: how };
    };
  }

  /** A wording is its author's: for who sees those that wait. */
  private async wordsOf(caller: Caller, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
    const samples = rows.map(({ sample }) => sample);
    const { authors } = await this.reading.ask(new AuthorsOf(caller.networkId, samples));
    const waiting = samples.flatMap((requestId) => {
      const memberId = authors.get(requestId);
      return memberId === undefined
        ? []
        : [{ requestId, affair: { ...NOBODYS, participants: [{ memberId, role: 'learner' as const, requestId }], others: [] } }];
    });
    const seen = await this.visibility.show(
      caller,
      waiting.map(({ affair }) => affair),
    );
    return new Map(
      waiting.flatMap(({ requestId }, at) => {
        const text = seen[at]?.participants[0]?.topic?.text;
        return typeof text === 'string' ? [[requestId, text] as const] : [];
      }),
    );
  }
}

const learnerSeen = ({ alternative, ...learner }: Learner, nameOf: (offer: Offered) => SeenPerson) => ({
  ...learner,
  alternative: alternative && { offerId: alternative.offerId, giver: nameOf(alternative), score: alternative.score },
});

const remedySeen = (remedy: Unmatched['remedy'], nameOf: (offer: Offered) => SeenPerson, labelOf: ReadonlyMap<string, TopicLabel>) => {
  const { kind } = remedy;
  switch (kind) {
    case 'wait':
      return { kind, until: remedy.until };
    case 'capacity':
    case 'smaller-group':
      return { kind, offerId: remedy.offerId, giver: nameOf(remedy) };
    case 'more-givers': {
      const { count, served, topicUri, level, language } = remedy;
      const label = topicUri === null ? null : (labelOf.get(topicUri)?.label ?? null);
      return { kind, givers: count, served, topic: { uri: topicUri, label }, level, language };
    }
    default:
      return { kind };
  }
};
