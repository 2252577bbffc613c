import { Inject, Injectable } from '@nestjs/common';
import type { Query } from '@nestjs/cqrs';
import type { Clock } from '#kernel/clock';
import type { ApplicationPorts } from '#application/application.module';
import { APPLICATION_PORTS, CLOCK, IDENTITY_REGISTER } from '#application/dispatch/tokens';
import type { MemberId, NetworkId } from '#domain/ids';
import type { IdentityRegister } from '#keys/keys.port';
import { AccessesTo } from '#projections/accesses/accesses.queries';
import { CasesOpenedBy } from '#projections/cases/case-file.queries';
import { ReadErasure } from '#projections/erasures/erasures.queries';
import type { ShownHistory } from '#projections/exchange-history/exchange-history.projection';
import { ListExchanges, ReadExchangeHistory, type Asker } from '#projections/exchange-history/exchange-history.queries';
import type { Meeting } from '#projections/member-page/meeting';
import { ReadMemberPage, type MemberPage } from '#projections/member-page/member-page.queries';
import { WrittenBy, type WrittenText } from '#projections/member-page/written.queries';
import { ExportTrainingHours } from '#projections/training-hours/training-hours.queries';
import { revealed } from '#read-store/personal-refs';
import { QueryRunner } from '../../queries/query-runner';
import { ownHistory } from './own-history';

export interface Whose {
  readonly networkId: NetworkId;
  readonly memberId: MemberId;
  readonly mediators: readonly MemberId[];
}

/** R15 leaves evaluations to their author, the other participants and the mediator: whoever answers for a member does not read them. */
export type Reader = 'themself' | 'data-protection-officer';

const PAGE = 200;
const EVER = { from: '0001-01-01', to: '9999-12-31' };
const EVALUATING = ['EvaluationSubmitted', 'EvaluationAmended', 'FollowUpSubmitted'];
/** All that the document is made of: it is complete up to the moment in which it was asked for. */
const MODELS = ['member-page', 'exchange-history', 'training-hours', 'cases', 'erasures', 'accesses', 'personal-text'];

type Page = { readonly limit: number; readonly cursor?: string };

/** Every page of a list, one after the other. */
const allOf = async <Answer extends { readonly next: string | null }>(ask: (page: Page) => Promise<Answer>): Promise<readonly Answer[]> => {
  const pages: Answer[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(page);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return pages;
};

const evaluationsIn = (exchanges: readonly ShownHistory[], memberId: string) => {
  const all = exchanges.flatMap(({ exchangeId, agreedBy, evaluations }) =>
    evaluations.map((evaluation) => ({ exchangeId, tookPart: agreedBy.some((one) => one === memberId), ...evaluation })),
  );
  const shown = ({ tookPart: _, ...evaluation }: (typeof all)[number]) => evaluation;
  return {
    given: all.filter((one) => one.memberId === memberId).map(shown),
    received: all.filter((one) => one.memberId !== memberId && one.tookPart).map(shown),
  };
};

const textsByRef = (texts: readonly WrittenText[]): ReadonlyMap<string, string> => new Map(texts.map(({ ref, text }) => [ref, text]));

/** What others are called and wrote is theirs: their places stay, by ids where they may be seen (§7). */
const withoutOthers = ({ connection: _, agreement: __, mediator: ___, reason: ____, participants, ...match }: Meeting) => ({
  ...match,
  participants: participants.map(({ name: _name, wording: _wording, topic: _topic, ...place }) => place),
});

/** Everything that the network keeps of one person, in one document (§7: access, export). */
@Injectable()
export class OwnData {
  constructor(
    private readonly reading: QueryRunner,
    @Inject(APPLICATION_PORTS) private readonly ports: Pick<ApplicationPorts, 'log' | 'codec'>,
    @Inject(IDENTITY_REGISTER) private readonly identities: IdentityRegister,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null where the network knows no such member. */
  async of(whose: Whose, reader: Reader) {
    const { networkId, memberId } = whose;
    const now = { position: await this.ports.log.head(), log: null };
    const ofMember = (page: Page) => new ReadMemberPage(networkId, memberId, page);
    const pages = await allOf((page) => this.reading.ask(ofMember(page), { models: MODELS, after: now }));
    const { member, readPosition } = pages[0] as MemberPage;
    if (!member) return null;
    const own = await this.ask(new WrittenBy(networkId, memberId));
    const texts = reader === 'themself' ? own : own.filter(({ type }) => !EVALUATING.includes(type));
    const histories = await this.exchanges(whose, reader, texts);
    const hours = await this.hours(whose);
    const entries = pages.flatMap((page) => page.entries);
    const meetings = pages.flatMap((page) => page.meetings);
    const streams = [`member-${memberId}`, ...entries.map(({ kind, id }) => `${kind}-${id}`)];
    const matches = meetings.filter(({ kind }) => kind === 'match');
    return {
      readPosition,
      ...{ networkId, memberId, profile: member },
      offers: entries.filter(({ kind }) => kind === 'offer'),
      requests: entries.filter(({ kind }) => kind === 'request'),
      matches: matches.map(withoutOthers),
      exchanges: histories.map(({ evaluations: _, ...exchange }) => exchange),
      evaluations: reader === 'themself' ? evaluationsIn(histories, memberId) : null,
      hours,
      cases: (await this.ask(new CasesOpenedBy(networkId, memberId))).cases,
      erasure: (await this.ask(new ReadErasure(networkId, memberId))).erasure,
      accesses: await this.accesses(whose, { histories, days: hours.map(({ date }) => date) }),
      events: await ownHistory(this.ports, { memberId, streams, matches: matches.map(({ id }) => id), texts: textsByRef(texts) }),
      texts: texts.map(({ ref: _, ...text }) => text),
      register: { linked: await this.identities.isLinked(networkId, memberId) },
    };
  }

  private ask<Answer>(query: Query<Answer>): Promise<Answer> {
    return this.reading.ask(query);
  }

  private async exchanges({ networkId, memberId, mediators }: Whose, reader: Reader, texts: readonly WrittenText[]) {
    const asker: Asker = reader === 'themself' ? { as: 'participant', memberId, mediators, facilitates: false } : { as: reader };
    const own = textsByRef(texts);
    const lists = await allOf((page) => this.ask(new ListExchanges(networkId, { memberId }, page)));
    const found: ShownHistory[] = [];
    for (const { exchangeId } of lists.flatMap(({ exchanges }) => exchanges)) {
      const { exchange } = await this.ask(new ReadExchangeHistory(networkId, exchangeId, asker, this.clock.now()));
      if (exchange) found.push(revealed(exchange, own));
    }
    return found;
  }

  private async hours({ networkId, memberId }: Whose) {
    const pages = await allOf((page) => this.ask(new ExportTrainingHours(networkId, { ...EVER, memberId }, page)));
    return pages.flatMap(({ lines }) => lines).map(({ memberId: _, ...line }) => line);
  }

  private async accesses({ networkId, memberId }: Whose, of: { histories: readonly ShownHistory[]; days: readonly string[] }) {
    const streams = [`member-${memberId}`, ...of.histories.map(({ exchangeId }) => `exchange-${exchangeId}`)];
    return (await this.ask(new AccessesTo(networkId, memberId, { streams, days: of.days }))).accesses;
  }
}
