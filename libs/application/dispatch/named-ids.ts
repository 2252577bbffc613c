import type { SentCommand } from '#domain/catalogue';
import type { ExchangeId, MemberId, NetworkId } from '#domain/ids';
import type { MemberState } from '#domain/member/member.state';
import type { DomainActor, Topic } from '#domain/vocabulary';
import type { Topics } from '#topics/topics.port';
import type { Envelope } from './envelope';
import type { ApplicationRefusal, Refusal } from './refusals';
import type { Dispatcher } from './run-decider';

/** What an order names besides its own stream, which its decider knows. */
interface Named {
  readonly topics?: readonly Topic[];
  /** In this network, whatever became of them since. */
  readonly members?: readonly MemberId[];
  readonly enrolled?: readonly MemberId[];
  readonly exchange?: ExchangeId | null;
}

const topicsOf = (...drafts: readonly { readonly content: { readonly topic: Topic } }[]): readonly Topic[] =>
  drafts.map(({ content }) => content.topic);

/** R14: a member who contests or reports is enrolled; facilitators and leads act by their role. */
const asMember = ({ id, role }: DomainActor): readonly MemberId[] => (role === 'member' ? [id] : []);

const somebody = (id: MemberId | null): readonly MemberId[] => (id === null ? [] : [id]);

const namedBy = (order: SentCommand, by: DomainActor): Named => {
  switch (order.type) {
    case 'ApplyForMembership':
    case 'EnrolMember':
      return { topics: topicsOf(...order.data.offers, ...order.data.requests) };
    case 'DraftOffer':
    case 'DraftRequest':
      return { topics: topicsOf(order.data), members: order.data.memberId === by.id ? [] : [order.data.memberId] };
    case 'PublishOffer':
    case 'PublishRequest':
    case 'ReviseOffer':
    case 'ReviseRequest':
      return order.data.content === null ? {} : { topics: topicsOf({ content: order.data.content }) };
    case 'ContestOffer':
    case 'ContestRequest':
      return { enrolled: asMember(by) };
    case 'ReportIncident': {
      const { exchangeId, memberId } = order.data.subject;
      return { enrolled: asMember(by), members: somebody(memberId), exchange: exchangeId };
    }
    case 'ForbidPair':
    case 'LiftPair':
      return { members: order.data.pair };
    // R9: a mediator is an enrolled member
    case 'NameMediator':
      return { enrolled: [order.data.memberId] };
    case 'PlanConnection':
      return { enrolled: [order.data.mediatorId] };
    default:
      return {};
  }
};

const ENROLLED: readonly MemberState['status'][] = ['enrolled', 'in-grace', 'paused'];

/** R24: the ids that an order names exist in its network, and its topics in the taxonomy. Null: nothing against it. */
export type NamedIdsExist = (order: SentCommand, envelope: Envelope) => Promise<Refusal | null>;

interface Parts {
  readonly topics: Pick<Topics, 'labels'>;
  readonly loadState: Dispatcher['loadState'];
}

const statusOf = async (loadState: Dispatcher['loadState'], networkId: NetworkId, id: MemberId): Promise<MemberState['status']> => {
  const { state, network } = await loadState('member', id);
  return network === networkId ? state.status : 'unknown';
};

/** So many topics are remembered: a taxonomy's, and twice as many. */
const MOST_TOPICS = 30_000;

/** A topic that was there stays there: nothing takes one away, so it is looked up once. */
const topicsThatExist = (topics: Parts['topics']) => {
  const known = new Set<string>();
  return async (named: readonly Topic[]): Promise<ApplicationRefusal | null> => {
    const unknown = named.flatMap(({ uri }) => (uri === null || known.has(uri) ? [] : uri));
    if (unknown.length === 0) return null;
    const found = await topics.labels(unknown, 'fr');
    for (const uri of found.keys()) if (known.size < MOST_TOPICS) known.add(uri);
    const topicUri = unknown.find((uri) => !found.has(uri));
    return topicUri === undefined ? null : { code: 'topic-not-found', topicUri };
  };
};

/** Processes name what stands in the log already, and are not asked again. */
export const createNamedIds = ({ topics, loadState }: Parts): NamedIdsExist => {
  const topicRefusal = topicsThatExist(topics);
  return async (order, { by, networkId }) => {
    if (by.role === 'system') return null;
    const { topics: named = [], members = [], enrolled = [], exchange = null } = namedBy(order, by);
    for (const id of members) if ((await statusOf(loadState, networkId, id)) === 'unknown') return { code: 'member-not-found' };
    for (const id of enrolled) if (!ENROLLED.includes(await statusOf(loadState, networkId, id))) return { code: 'not-enrolled' };
    if (exchange !== null && (await loadState('exchange', exchange)).network !== networkId) return { code: 'exchange-not-found' };
    return topicRefusal(named);
  };
};
