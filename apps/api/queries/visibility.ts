import { Inject, Injectable } from '@nestjs/common';
import type { NetworkFactsSource } from '#application/dispatch/network-facts';
import { NETWORK_FACTS } from '#application/dispatch/tokens';
import type { MemberId } from '#domain/ids';
import type { Affair, Viewer } from '#domain/match/who-sees-whom';
import type { Participant } from '#domain/vocabulary';
import { NOBODYS } from '#projections/match-queue/affair';
import type { QueueItem, QueuePage } from '#projections/match-queue/match-queue.queries';
import { ShowAffairs, type SeenAffair, type SeenPerson } from '#projections/member-page/affairs.queries';
import { NamesOf } from '#projections/member-page/names.queries';
import type { Caller } from '../../installation/access';
import { QueryRunner } from './query-runner';

/** What names come from, besides the read model that is asked. */
export const NAMES = ['member-page', 'personal-text'];

interface Exchange {
  readonly participants: readonly Participant[];
  readonly agreedBy: readonly MemberId[];
  readonly mediatorId: MemberId | null;
}

type Named<Row extends Exchange> = Omit<Row, 'participants'> & Pick<SeenAffair, 'participants' | 'mediator'>;

/** Dropped out since or not: whoever had a place when it was agreed has accepted, and it stays theirs. */
const affairOf = ({ participants, agreedBy, mediatorId }: Exchange): Affair => ({
  ...NOBODYS,
  ...{ participants, mediatorId, isConfirmed: true },
  ...{ formerly: agreedBy, accepted: agreedBy, others: agreedBy },
});

/** Rows by ids become what the caller may see of them (§7): the rule is the domain's, for every route. */
@Injectable()
export class Visibility {
  constructor(
    private readonly reading: QueryRunner,
    @Inject(NETWORK_FACTS) private readonly facts: NetworkFactsSource,
  ) {}

  async viewer({ networkId, actor, roles }: Caller): Promise<Viewer> {
    const mediators = (await this.facts.of(networkId))?.mediators ?? [];
    return { memberId: actor.id, facilitates: roles.includes('facilitator'), mediators };
  }

  async queue(caller: Caller, { items, ...page }: QueuePage) {
    const seen = await this.show(
      caller,
      items.map(({ affair }) => affair),
    );
    return { ...page, items: items.map((item, index) => itemOf(item, seen[index]!)) };
  }

  /** With `people`: everybody who ever had a place, by name. */
  async exchanges<Row extends Exchange>(caller: Caller, rows: readonly Row[]) {
    const seen = await this.show(caller, rows.map(affairOf));
    return rows.map((row, index) => {
      const { participants, mediator, others } = seen[index]!;
      const exchange: Named<Row> = { ...row, participants, mediator };
      return { exchange, people: others };
    });
  }

  /** Whom a case names, to who settles it: it is not theirs where it names them. */
  async people(caller: Caller, others: readonly MemberId[]): Promise<readonly SeenPerson[]> {
    return (await this.show(caller, [{ ...NOBODYS, others }]))[0]?.others ?? [];
  }

  async namesOf(networkId: string, ids: readonly string[]) {
    return (await this.reading.ask(new NamesOf(networkId, ids))).named;
  }

  async show(caller: Caller, affairs: readonly Affair[]): Promise<readonly SeenAffair[]> {
    const query = new ShowAffairs(caller.networkId, await this.viewer(caller), affairs);
    return this.reading.ask(query);
  }
}

/** Who is hidden is called by what they are: a member. */
const whoOf = (who: string, person: SeenPerson | undefined): { readonly who: string; readonly name: SeenPerson['name'] } => ({
  who: person?.seen === 'hidden' ? 'member' : who,
  name: person?.name ?? null,
});

const itemOf = ({ affair: _, ...item }: QueueItem, { others: [person], ...seen }: SeenAffair) => ({
  ...item,
  ...whoOf(item.who, person),
  ...seen,
});
