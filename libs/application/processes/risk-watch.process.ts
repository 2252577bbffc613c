import type { Instant } from '#kernel/id';
import { addDays } from '#domain/calendar';
import { lastMidnight } from '#domain/weeks';
import type { IncidentId, NetworkId } from '#domain/ids';
import { uuidV5 } from '../dispatch/derived-ids';
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

const incidentOf = (networkId: NetworkId, at: Instant, indicator: string): IncidentId =>
  uuidV5(networkId, `risk/${at}/${indicator}`) as IncidentId;

/** A judgement may be made late, and is not looked for further back than this. */
const DAYS_BACK = 400;

/** At which midnight the indicator was found to have crossed its threshold: the incident's id tells, however late it was reported. */
export const judgementBehind = (
  incidentId: string,
  of: { readonly networkId: NetworkId; readonly indicator: string; readonly reportedAt: Instant; readonly timeZone: string },
): Instant | null => {
  let at = lastMidnight(of.reportedAt, of.timeZone);
  for (let day = 0; day < DAYS_BACK; day += 1) {
    if (incidentOf(of.networkId, at, of.indicator) === incidentId) return at;
    at = lastMidnight(addDays(at, -0.5), of.timeZone);
  }
  return null;
};

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
        incidentId: incidentOf(networkId, cause.at, indicator),
        kind: 'risk',
        subject: { exchangeId: null, memberId: null, indicator },
        text: null,
      },
    }));
  },
};
