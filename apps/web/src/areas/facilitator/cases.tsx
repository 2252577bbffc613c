import { More } from '../../content/more';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import type { paths } from '../../api/generated/schema';
import { useCommand } from '../../api/command';
import { usePages } from '../../api/pages';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Choices, TextArea } from '../../design/fields';
import { Button, Card, Dialog, Empty, Notice, Page, Section, Tag, Waiting, Switch } from '../../design/parts';
import { day, daysFromNow } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { useCaseTexts } from './case-texts';
import { LateCases } from './late-cases';
import { useRiskName } from '../dashboards/figure-words';

type CasesPage = paths['/networks/{networkId}/cases']['get']['responses'][200]['content']['application/json'];
type CaseLine = CasesPage['cases'][number];

const PAGE_SIZE = 50;

/** Contests, disputes and incidents: open ones first, oldest first. */
export const Cases = () => {
  const say = useCaseTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const isFacilitator = useRoles().has('facilitator');
  const [state, setState] = useState<'open' | 'settled'>('open');
  const [isReporting, setReporting] = useState(false);
  const [isReported, setReported] = useState(false);
  const found = usePages(['cases', networkId, state], (cursor, signal) =>
    api.GET('/networks/{networkId}/cases', {
      params: { path: { networkId }, query: { state, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const cases = found.data?.pages.flatMap((page) => page.cases) ?? [];
  // what only the network lead decides does not stand before what waits for a facilitator
  const own = cases.filter(({ matter }) => matter !== 'risk');
  const risks = cases.filter(({ matter }) => matter === 'risk');
  return (
    <Page
      title={say(isFacilitator ? 'title' : 'risks-title')}
      lead={say(isFacilitator ? 'lead' : 'risks-lead')}
      tools={isFacilitator ? <Button onClick={() => setReporting(true)}>{say('report')}</Button> : undefined}
    >
      {isReported ? <Notice>{say('done')}</Notice> : null}
      <Switch
        label={say('which')}
        value={state}
        options={(['open', 'settled'] as const).map((value) => ({ value, label: say(value) }))}
        onChange={setState}
      />
      <Section title={say(state)}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {found.data && (isFacilitator ? own : cases).length === 0 ? (
          <Empty title={say('empty')}>
            <p>{say(isFacilitator ? 'empty-text' : 'risks-empty')}</p>
          </Empty>
        ) : null}
        <CaseList cases={own} />
        {isFacilitator ? null : <CaseList cases={risks} />}
        {isFacilitator && risks.length > 0 ? (
          <details>
            <summary>
              {say('risks')} <Tag>{risks.length}</Tag>
            </summary>
            <CaseList cases={risks} />
          </details>
        ) : null}
        <More of={found} />
      </Section>
      {isFacilitator || state === 'settled' ? null : <LateCases />}
      <Dialog isOpen={isReporting} onClose={() => setReporting(false)} title={say('report')}>
        <Report
          onDone={(isSent) => {
            setReporting(false);
            if (isSent) setReported(true);
          }}
        />
      </Dialog>
    </Page>
  );
};

const CaseList = ({ cases }: { readonly cases: readonly CaseLine[] }) => {
  const say = useCaseTexts();
  const { networkId } = useNetwork();
  const riskName = useRiskName();
  const now = new Date().toISOString();
  return (
    <ul role="list" className="columns">
      {cases.map((one) => (
        <li key={`${one.kind}/${one.id}/${one.openedAt}`}>
          <Card>
            <div className="row apart">
              <h3>{one.indicator ? riskName(one.indicator) : say(`kind-${one.kind}`)}</h3>
              {one.state !== 'settled' && one.settleBy < now ? <Tag tone="bad">{say('overdue')}</Tag> : null}
            </div>
            <div className="row">
              <Tag>{say(`matter-${one.matter}` as 'matter-risk')}</Tag>
              {one.state === 'assessed' ? <Tag tone="accent">{say('assessed')}</Tag> : null}
            </div>
            <div className="row apart">
              <span className="small soft">
                {say('opened-at', { day: day(one.openedAt) })}
                {one.state === 'settled' ? '' : ` · ${say('by-day', { day: day(one.settleBy), when: daysFromNow(one.settleBy) })}`}
              </span>
              <Link to="/n/$networkId/facilitation/cases/$caseId" params={{ networkId, caseId: one.id }} className="button">
                {say('read')}
              </Link>
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
};

const KINDS = ['confidentiality', 'behaviour', 'content'] as const;
const EMPTY: { readonly kind: (typeof KINDS)[number]; readonly text: string } = { kind: 'behaviour', text: '' };

const Report = ({ onDone }: { readonly onDone: (isSent: boolean) => void }) => {
  const say = useCaseTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/report-incident`;
  const [draft, change, clear] = useDraft(name, EMPTY);
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (body: typeof EMPTY, key) =>
    api.POST('/networks/{networkId}/incidents', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const send = async (): Promise<void> => {
    setTried(true);
    const text = draft.text.trim();
    if (text === '' || !(await command.send({ kind: draft.kind, text }))) return;
    clear();
    onDone(true);
  };
  return (
    <div className="stack">
      <p>{say('report-text')}</p>
      <Choices
        label={say('report-kind')}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        options={KINDS.map((value) => ({ value, label: say(`matter-${value}`) }))}
      />
      <TextArea
        label={say('report-label')}
        value={draft.text}
        maxLength={4000}
        onChange={(text) => change({ text })}
        error={errorOf(command.fault, 'text') ?? (isTried && draft.text.trim() === '' ? say('needs-text') : undefined)}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say('send-report')}
        </Button>
        <Button look="plain" onClick={() => onDone(false)}>
          {words('cancel')}
        </Button>
      </div>
    </div>
  );
};
