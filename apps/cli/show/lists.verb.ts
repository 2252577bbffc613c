import { SubCommand } from '../verb-decorators';
import type { PastOrNow } from '#kernel/id';
import { directoryThen, exchangesThen, queueThen } from '#projections/dated-queries';
import { SearchDirectory } from '#projections/directory/directory.queries';
import { ListExchanges } from '#projections/exchange-history/exchange-history.queries';
import { ReadMatchQueue } from '#projections/match-queue/match-queue.queries';
import { DormantMembers } from '#projections/risk/dormant-members.queries';
import { ShowVerb, type ShownTable, type Asks, type ShowOptions } from './show-base';

type Asked = Omit<ShowOptions, 'asOf'> & { readonly asOf: PastOrNow };

@SubCommand({ name: 'directory', description: 'Offers and requests that can be had now, without names and texts: those are for members' })
export class ShowDirectoryVerb extends ShowVerb {
  protected override readonly past = directoryThen;
  protected readonly columns = ['kind', 'topic', 'level', 'language', 'place', 'site', 'publishedAt', 'matched', 'id'];

  protected async ask(bus: Asks, { network, limit, labels }: Asked): Promise<ShownTable> {
    const { readPosition, entries, next } = await bus.execute(new SearchDirectory(network, {}, { limit, labels }));
    const rows = entries.map(({ kind, id, topic, level, language, place, site, publishedAt, matched }) => ({
      kind,
      topic: topic.label?.label ?? null,
      level,
      language,
      place,
      site,
      publishedAt,
      matched,
      id,
    }));
    return { readPosition, rows, more: next !== null };
  }
}

@SubCommand({ name: 'dormant', description: 'Members without an act of their own for 180 days, by id and without names' })
export class ShowDormantVerb extends ShowVerb {
  protected readonly columns = ['memberId', 'lastActedIn'];

  protected async ask(bus: Asks, { network, limit, asOf }: Asked): Promise<ShownTable> {
    const { readPosition, members, next } = await bus.execute(new DormantMembers(network, asOf, { limit }));
    return { readPosition, rows: members.map((member) => this.picked(member)), more: next !== null };
  }
}

@SubCommand({ name: 'match-queue', description: 'What waits for whom, longest first' })
export class ShowMatchQueueVerb extends ShowVerb {
  protected override readonly past = queueThen;
  protected readonly columns = ['since', 'why', 'who', 'until', 'overdue', 'kind', 'id', 'topicUri'];

  protected async ask(bus: Asks, { network, limit, asOf }: Asked): Promise<ShownTable> {
    const { readPosition, items, next } = await bus.execute(new ReadMatchQueue(network, {}, { now: asOf, limit, allScoreParts: false }));
    return { readPosition, rows: items.map((item) => this.picked(item)), more: next !== null };
  }
}

@SubCommand({ name: 'exchanges', description: 'Exchanges in the order in which they were agreed, by ids and without texts' })
export class ShowExchangesVerb extends ShowVerb {
  protected override readonly past = exchangesThen;
  protected readonly columns = ['exchangeId', 'status', 'topicUri', 'givers', 'learners', 'evaluateBy'];

  protected async ask(bus: Asks, { network, limit, asOf }: Asked): Promise<ShownTable> {
    const { readPosition, exchanges, next } = await bus.execute(new ListExchanges(network, { now: asOf }, { limit }));
    const rows = exchanges.map(({ exchangeId, status, topicUri, participants, evaluateBy }) => ({
      exchangeId,
      status,
      topicUri,
      givers: participants.filter(({ role }) => role === 'giver').length,
      learners: participants.filter(({ role }) => role === 'learner').length,
      evaluateBy,
    }));
    return { readPosition, rows, more: next !== null };
  }
}
