import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Problem } from '../../api/problem';
import { Fault } from '../../content/fault';
import { Button, Notice, Section, Tag, Waiting } from '../../design/parts';
import { dayAndTime } from '../../i18n/format';
import { useNetwork, useRoles } from '../../session/session';
import { useRoundRunsTexts } from './round-runs-texts';

const LOOK_AGAIN_MS = 1_500;
const isUnderWay = (fault: unknown): boolean => fault instanceof Problem && fault.code === 'under-way';

/** The rounds that are under way, each to be stopped until it is recorded. Nothing where there is none. */
export const RoundsUnderWay = () => {
  const say = useRoundRunsTexts();
  const { networkId } = useNetwork();
  const isFacilitator = useRoles().has('facilitator');
  const params = { path: { networkId } };
  const { data } = queries.useQuery('get', '/networks/{networkId}/rounds/running', { params }, { refetchInterval: LOOK_AGAIN_MS });
  const stop = useCommand(`${networkId}/round-stop`, (roundId: string) =>
    api.POST('/networks/{networkId}/rounds/running/{roundId}/stop', { params: { path: { networkId, roundId } } }),
  );
  const rounds = data?.rounds ?? [];
  if (rounds.length === 0 && !stop.fault) return null;
  return (
    <Section title={say('under-way')}>
      <Fault fault={stop.fault} />
      <ul role="list" className="stack tight">
        {rounds.map(({ roundId, since, dryRun, phase }) => (
          <li key={roundId} className="row apart">
            <span>
              {say('since', { when: dayAndTime(since) })} {dryRun ? <Tag>{say('trial')}</Tag> : null} <Tag>{say(`phase-${phase}`)}</Tag>
            </span>
            {isFacilitator && phase !== 'recording' ? (
              <Button
                look="plain"
                isBusy={stop.isSending}
                onClick={() => void stop.send(roundId)}
                aria-label={say('stop-one', { when: dayAndTime(since) })}
              >
                {say('stop')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
};

/** Runs a recorded round again when somebody asks, and says whether it comes to the same. */
export const ReplayedRound = ({ roundId }: { readonly roundId: string }) => {
  const say = useRoundRunsTexts();
  const { networkId } = useNetwork();
  const [isAsked, setAsked] = useState(false);
  const found = useQuery({
    queryKey: ['round-replay', networkId, roundId],
    queryFn: async ({ signal }) =>
      (await api.GET('/networks/{networkId}/rounds/{roundId}/replay', { params: { path: { networkId, roundId } }, signal })).data!,
    enabled: isAsked,
    retry: (_, fault) => isUnderWay(fault),
    retryDelay: LOOK_AGAIN_MS,
    staleTime: Infinity,
  });
  return (
    <Section title={say('replay')}>
      <p>{say('replay-text')}</p>
      <div aria-live="polite" className="stack">
        {found.data ? <Notice>{verdictSaid(say, found.data)}</Notice> : null}
        {isAsked && found.isPending ? <Waiting label={say('replaying')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
      </div>
      {isAsked ? null : (
        <div className="row">
          <Button onClick={() => setAsked(true)}>{say('replay')}</Button>
        </div>
      )}
    </Section>
  );
};

interface Verdict {
  readonly verdict: 'same' | 'differs' | 'inputs-erased' | 'inputs-differ' | 'other-solver' | 'not-completed' | 'undated';
  readonly erased: number;
  readonly differing: number;
}

const verdictSaid = (say: ReturnType<typeof useRoundRunsTexts>, { verdict, erased, differing }: Verdict): string => {
  if (verdict === 'differs') return say('verdict-differs', { count: differing });
  return verdict === 'inputs-erased' ? say('verdict-inputs-erased', { count: erased }) : say(`verdict-${verdict}`);
};
