import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { lastMidnight } from '#domain/figures/weeks';
import type { IncidentId, NetworkId } from '#domain/ids';
import { uuidV5 } from '../ids-from';
import { isDue, type SavoirsProcess } from './process-types';

interface RiskWatchRow {
  readonly networkId: NetworkId;
  readonly timeZone: string;
}

/** What the watch asks at each midnight: the indicators whose threshold is newly crossed then. */
export interface JudgeRisks {
  readonly ask: 'risks-newly-crossed';
  readonly networkId: NetworkId;
  readonly at: Instant;
}

/** A day and a half later lies in the next day, whatever the clocks did. */
const nextMidnight = (after: Instant, timeZone: string): Instant => lastMidnight(addDays(lastMidnight(after, timeZone), 1.5), timeZone);

/** §5, steering, not watching: each day at the network's midnight, a threshold newly crossed opens one incident for the network lead. */
export const riskWatch: SavoirsProcess<'NetworkOpened', RiskWatchRow> = {
  name: 'risk-watch',
  version: 1,
  handles: { NetworkOpened: true },
  keys: ({ data }) => [data.networkId],
  evolve: (_, { data: { networkId, timeZone }, meta }) => ({
    row: { networkId, timeZone },
    due: { judgement: nextMidnight(meta.recordedAt, timeZone) },
  }),
  next: ({ timeZone }, { at }) => ({ judgement: nextMidnight(at, timeZone) }),
  asks: ({ networkId }, { at }): JudgeRisks => ({ ask: 'risks-newly-crossed', networkId, at }),
  react: ({ networkId }, cause, _, answer) => {
    if (!isDue(cause)) return [];
    return (answer as readonly string[]).map((indicator) => ({
      type: 'ReportIncident',
      data: {
        incidentId: uuidV5(networkId, `risk/${cause.at}/${indicator}`) as IncidentId,
        kind: 'risk',
        subject: { exchangeId: null, memberId: null, indicator },
        text: null,
      },
    }));
  },
};
