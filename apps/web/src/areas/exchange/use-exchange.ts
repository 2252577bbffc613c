import { useParams } from '@tanstack/react-router';
import type { paths } from '../../api/generated/schema';
import { queries } from '../../api/client';
import { useOwnMember } from '../../content/own';
import { useNetwork } from '../../session/session';

type Answer = paths['/networks/{networkId}/exchanges/{exchangeId}']['get']['responses'][200]['content']['application/json'];
export type Exchange = Answer['exchange'];
export type Session = Exchange['sessions'][number];
export type Evaluation = Exchange['evaluations'][number];
export type Person = Answer['people'][number];

/** Who asks, as far as this exchange is concerned. */
export interface Self {
  readonly ownId: string;
  /** In which role one agreed to it; null for its mediator. */
  readonly role: 'giver' | 'learner' | null;
  readonly takesPart: boolean;
  readonly mediates: boolean;
  readonly wasThere: boolean;
}

const selfIn = (exchange: Exchange, ownId: string): Self => {
  const place = exchange.participants.find(({ memberId }) => memberId === ownId);
  const presences = exchange.sessions.flatMap(({ present }) => present).filter(({ memberId }) => memberId === ownId);
  return {
    ownId,
    role: place?.role ?? presences[0]?.role ?? null,
    takesPart: place !== undefined,
    mediates: exchange.mediatorId === ownId,
    wasThere: presences.length > 0,
  };
};

/** The exchange of the address, and who one is in it. */
export const useExchange = () => {
  const { networkId, roles } = useNetwork();
  const { exchangeId } = useParams({ strict: false }) as { readonly exchangeId: string };
  const found = queries.useQuery('get', '/networks/{networkId}/exchanges/{exchangeId}', { params: { path: { networkId, exchangeId } } });
  const own = useOwnMember();
  const exchange = found.data?.exchange;
  // a facilitator need not be a member
  const ownId = own.member?.memberId ?? (own.isPending && roles.includes('member') ? undefined : '');
  return {
    networkId,
    exchangeId,
    found,
    known: exchange && ownId !== undefined ? { exchange, people: found.data!.people, self: selfIn(exchange, ownId) } : null,
  };
};

/** Who was expected, is not among those who were there, and has not been said to be missing. */
export const absentFrom = ({ present, noShows }: Session, { participants }: Exchange): Exchange['participants'] =>
  participants.filter(({ memberId }) => memberId !== null && ![...present, ...noShows].some((one) => one.memberId === memberId));

export const pathOf = (networkId: string, exchangeId: string, key: string) => ({
  path: { networkId, exchangeId },
  header: { 'Idempotency-Key': key },
});
