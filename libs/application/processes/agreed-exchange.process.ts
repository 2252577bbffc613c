import type { DataOf } from '#kernel/message';
import type { MatchEvent } from '#domain/match/match.events';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type SavoirsProcess } from './process-types';

type Agreed = DataOf<MatchEvent, 'AgreementReached'>;

const open = ({ exchangeId, matchId, participants, mediatorId, topicUri, textOwner, agreement }: Agreed): SentCommand => ({
  type: 'OpenExchange',
  data: { exchangeId, matchId, participants, mediatorId, topicUri, textOwner, agreement },
});

/** An agreement that waits for nobody opens its exchange: at once when a mediator recorded it, else when the last has confirmed (R9). */
export const agreedExchange: SavoirsProcess<'AgreementReached' | 'AgreementConfirmed', Agreed> = {
  name: 'agreed-exchange',
  version: 1,
  handles: { AgreementReached: true, AgreementConfirmed: true },
  keys: ({ data }) => [data.matchId],
  evolve: (row, { type, data }) => ({ row: type === 'AgreementReached' ? data : (row ?? null) }),
  react: (row, cause) => (!isDue(cause) && cause.data.awaiting.length === 0 ? [open(row)] : []),
};
