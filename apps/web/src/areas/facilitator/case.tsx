import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import type { paths } from '../../api/generated/schema';
import { errorOf, Fault } from '../../content/fault';
import { useRiskName } from '../dashboards/figure-words';
import { usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Choices, TextArea } from '../../design/fields';
import { Button, Notice, Page, Section, Tag, Waiting } from '../../design/parts';
import { day, daysFromNow, list } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { useCaseTexts } from './case-texts';
import { RiskEvents } from './risk-events';

type Answer = paths['/networks/{networkId}/cases/{caseId}']['get']['responses'][200]['content']['application/json'];
type Case = Answer['case'];
type Text = Case['text'];

/** One case with its texts, and what its reader decides. */
export const CasePage = () => {
  const say = useCaseTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { caseId } = useParams({ from: '/n/$networkId/facilitation/cases/$caseId' });
  const found = queries.useQuery('get', '/networks/{networkId}/cases/{caseId}', { params: { path: { networkId, caseId } } });
  const nameOf = usePersonName(null);
  const riskName = useRiskName();
  const roles = useRoles();
  // who is both acts as a facilitator, whom a risk is not for
  const isLeadAlone = roles.has('network-lead') && !roles.has('facilitator');
  if (!found.data)
    return (
      <Page title={say('title')}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const { case: one, people } = found.data;
  const named = (ids: readonly string[]): string =>
    ids.length === 0
      ? say('nobody')
      : list(ids.map((id) => nameOf(people.find(({ memberId }) => memberId === id) ?? { memberId: null, name: null, seen: 'hidden' })));
  return (
    <Page
      title={one.indicator ? riskName(one.indicator) : say(`kind-${one.kind}`)}
      tools={
        <div className="row">
          <Tag>{say(`matter-${one.matter}` as 'matter-risk')}</Tag>
          {one.state === 'assessed' ? <Tag tone="accent">{say('assessed')}</Tag> : null}
        </div>
      }
    >
      <p>
        <Link to="/n/$networkId/facilitation/cases" params={{ networkId }}>
          {say('back')}
        </Link>
      </p>
      <dl className="facts">
        {one.by ? (
          <>
            <dt>{say('who-by')}</dt>
            <dd>
              {named([one.by])}, {say('opened-at', { day: day(one.openedAt) })}
            </dd>
          </>
        ) : null}
        <dt>{say('who-named')}</dt>
        <dd>{named(one.named.filter((id) => id !== one.by))}</dd>
        {one.content ? (
          <>
            <dt>{say('about')}</dt>
            <dd>
              <Said text={one.content.topic} /> · <Said text={one.content.wording} />
            </dd>
          </>
        ) : null}
        {one.text ? (
          <>
            <dt>{say('said')}</dt>
            <dd>
              <Said text={one.text} />
            </dd>
          </>
        ) : null}
        {one.action ? (
          <>
            <dt>{say('action')}</dt>
            <dd>
              <Said text={one.action} />
            </dd>
          </>
        ) : null}
        {one.settlement || one.outcome ? (
          <>
            <dt>{say('settlement')}</dt>
            <dd>
              {one.outcome ? <strong>{say(`outcome-${one.outcome}`)}</strong> : null} <Said text={one.settlement} />
            </dd>
          </>
        ) : null}
      </dl>
      {one.indicator && roles.has('network-lead') ? <RiskEvents caseId={caseId} risk={one.indicator} /> : null}
      {one.state === 'settled' ? null : one.matter === 'risk' && !isLeadAlone ? (
        <Notice>{say('risk-waits')}</Notice>
      ) : (
        <Section title={say('settle')}>
          <p className="soft">{say('by-day', { day: day(one.settleBy), when: daysFromNow(one.settleBy) })}</p>
          <Decide key={one.state} one={one} />
        </Section>
      )}
    </Page>
  );
};

const Said = ({ text }: { readonly text: Text }) => {
  const say = useCaseTexts();
  if (!text) return null;
  return <span>{text.text ?? (text.erased ? say('erased') : '')}</span>;
};

type Outcome = 'kept' | 'taken-down' | 'goes-on' | 'closed';

const OUTCOMES: Record<Case['kind'], readonly Outcome[]> = {
  'offer-contest': ['kept', 'taken-down'],
  'request-contest': ['kept', 'taken-down'],
  dispute: ['goes-on', 'closed'],
  incident: [],
};

interface Decision {
  readonly outcome: Outcome | '';
  readonly text: string;
}

const EMPTY: Decision = { outcome: '', text: '' };

const useDecide = ({ kind, id, state, exchangeId }: Case) => {
  const { networkId } = useNetwork();
  return useCommand(`${networkId}/case/${id}/${state}`, ({ outcome, text }: Decision, key) => {
    const header = { 'Idempotency-Key': key };
    const contested = outcome as 'kept' | 'taken-down';
    switch (kind) {
      case 'offer-contest':
        return api.POST('/networks/{networkId}/offers/{offerId}/contest-settlement', {
          params: { path: { networkId, offerId: id }, header },
          body: { outcome: contested, text },
        });
      case 'request-contest':
        return api.POST('/networks/{networkId}/requests/{requestId}/contest-settlement', {
          params: { path: { networkId, requestId: id }, header },
          body: { outcome: contested, text },
        });
      case 'dispute':
        return api.POST('/networks/{networkId}/exchanges/{exchangeId}/disputes/{disputeId}/settlement', {
          params: { path: { networkId, exchangeId: exchangeId ?? '', disputeId: id }, header },
          body: { outcome: outcome as 'goes-on' | 'closed', text },
        });
      case 'incident':
        return state === 'open'
          ? api.POST('/networks/{networkId}/incidents/{incidentId}/assessment', {
              params: { path: { networkId, incidentId: id }, header },
              body: { action: text },
            })
          : api.POST('/networks/{networkId}/incidents/{incidentId}/resolution', {
              params: { path: { networkId, incidentId: id }, header },
              body: { text },
            });
    }
  });
};

const Decide = ({ one }: { readonly one: Case }) => {
  const say = useCaseTexts();
  const { networkId } = useNetwork();
  const [draft, change, clear] = useDraft(`${networkId}/case/${one.id}/${one.state}`, EMPTY);
  const [isTried, setTried] = useState(false);
  const command = useDecide(one);
  const outcomes = OUTCOMES[one.kind];
  const text = draft.text.trim();
  const step = one.kind !== 'incident' ? 'settle' : one.state === 'open' ? 'assess' : 'resolve';
  const send = async (): Promise<void> => {
    setTried(true);
    if (text === '' || (outcomes.length > 0 && draft.outcome === '')) return;
    if (await command.send({ outcome: draft.outcome, text })) clear();
  };
  const label = { settle: say('text'), assess: say('action-label'), resolve: say('resolve-label') }[step];
  return (
    <div className="stack">
      {outcomes.length > 0 ? (
        <Choices
          label={say('outcome')}
          value={draft.outcome}
          onChange={(outcome) => change({ outcome })}
          options={outcomes.map((value) => ({ value, label: say(`choose-${value}`) }))}
          error={errorOf(command.fault, 'outcome') ?? (isTried && draft.outcome === '' ? say('needs-outcome') : undefined)}
        />
      ) : null}
      <TextArea
        label={label}
        {...(step === 'settle' ? { hint: say('text-hint') } : {})}
        value={draft.text}
        maxLength={4000}
        onChange={(value) => change({ text: value })}
        error={errorOf(command.fault, step === 'assess' ? 'action' : 'text') ?? (isTried && text === '' ? say('needs-text') : undefined)}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say(`send-${step}`)}
        </Button>
      </div>
    </div>
  );
};
