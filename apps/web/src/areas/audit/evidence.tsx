import { useEffect, useRef, useState, type PropsWithChildren } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { isId } from '../../content/is-id';
import { More } from '../../content/more';
import { isMotive, MotiveField } from '../../content/motive-field';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Form, Section, Waiting } from '../../design/parts';
import { moment } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import type { Indicator } from '../dashboards/indicators';
import { Explanation, riskParts, satisfactionParts, type RiskBehind, type SatisfactionBehind } from '../dashboards/explanation';
import { useFigureWords } from '../dashboards/figure-words';
import { useMeanings } from '../dashboards/risk-meanings';
import { useRiskTexts } from '../dashboards/risk-texts';
import { useSatisfactionTexts } from '../dashboards/satisfaction-texts';
import { EventsTable, type EvidencePage } from './events-table';
import { useFigureTexts } from './figure-texts';
import { useMotive } from './motive';

interface Of {
  readonly indicator: string;
  readonly cell: string | null;
  readonly name: string;
  /** When the figure that is shown was judged: its events, not later ones. */
  readonly asOf: string;
}

const PAGE_SIZE = 50;
const asked = (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) });

interface Found {
  readonly data: { readonly pages: readonly EvidencePage[] } | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

const Listed = ({ found }: { readonly found: Found }) => {
  const words = useWords();
  return (
    <>
      {found.isFetching && !found.data ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data ? <EventsTable pages={found.data.pages} /> : null}
      <More of={found} />
    </>
  );
};

/** Opened below the list: shown, wherever the list is scrolled. */
const Behind = ({ name, children }: PropsWithChildren<{ readonly name: string }>) => {
  const say = useFigureTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'start' }), []);
  return (
    <div ref={place} className="anchor">
      <Section title={say('behind', { figure: name })}>
        <p className="soft">{say('behind-text')}</p>
        {children}
      </Section>
    </div>
  );
};

/** People stand behind it: each look, and each page of it, is recorded with its motive, and none is made unasked. */
const ON_RECORD = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false } as const;

/** Asks why, where no form of the desk did yet, and then opens. */
const Asked = ({ onAsked }: { readonly onAsked: () => void }) => {
  const say = useFigureTexts();
  const { motive, setMotive } = useMotive();
  const [isTried, setTried] = useState(false);
  return (
    <Form
      className="card no-print"
      onSend={() => {
        setTried(true);
        if (isMotive(motive)) onAsked();
      }}
    >
      <MotiveField value={motive} onChange={setMotive} isTried={isTried} />
      <div className="row">
        <Button type="submit" look="primary">
          {say('send')}
        </Button>
      </div>
    </Form>
  );
};

export const RiskEvidence = ({ of }: { readonly of: Of }) => {
  // as it was opened: figures of the present go on being read, and each look here is recorded
  const [{ indicator, cell, name, asOf }] = useState(of);
  const { networkId } = useNetwork();
  const { motive } = useMotive();
  const [isAsked, setAsked] = useState(false);
  const found = usePages<RiskBehind>(
    ['risk-evidence', networkId, indicator, cell, asOf],
    (cursor, signal) => {
      const body = { indicator: indicator as Indicator, asOf, ...(cell === null ? {} : { cell }), motive, ...asked(cursor) };
      const request = { params: { path: { networkId } }, body, signal };
      return cursor
        ? api.POST('/networks/{networkId}/risk/evidence', request)
        : api.POST('/networks/{networkId}/risk/explanation', request);
    },
    { enabled: isAsked, ...ON_RECORD },
  );
  const meaning = useMeanings();
  const explained = found.data?.pages.find((page) => 'rules' in page);
  return (
    <Behind name={name}>
      {explained ? <Explanation rules={explained.rules} formula={meaning(indicator as Indicator)} parts={riskParts(explained)} /> : null}
      {isAsked ? <Listed found={found} /> : <Asked onAsked={() => setAsked(true)} />}
    </Behind>
  );
};

export const SatisfactionEvidence = ({ of }: { readonly of: Of }) => {
  const [{ indicator, cell, name, asOf }] = useState(of);
  const { networkId } = useNetwork();
  const { motive } = useMotive();
  const [isAsked, setAsked] = useState(false);
  const found = usePages<SatisfactionBehind>(
    ['satisfaction-evidence', networkId, indicator, cell, asOf],
    (cursor, signal) => {
      const body = { indicator: indicator as 'satisfaction', cell: cell ?? 'network', asOf, motive, ...asked(cursor) };
      const request = { params: { path: { networkId } }, body, signal };
      return cursor
        ? api.POST('/networks/{networkId}/satisfaction/evidence', request)
        : api.POST('/networks/{networkId}/satisfaction/explanation', request);
    },
    { enabled: isAsked, ...ON_RECORD },
  );
  const satisfactionIn = useSatisfactionTexts();
  const explained = found.data?.pages.find((page) => 'rules' in page);
  const formula = satisfactionIn(`${indicator as 'responseRate'}-text`);
  return (
    <Behind name={name}>
      {explained ? <Explanation rules={explained.rules} formula={formula} parts={satisfactionParts(explained)} /> : null}
      {isAsked ? <Listed found={found} /> : <Asked onAsked={() => setAsked(true)} />}
    </Behind>
  );
};

const NOTHING = { typed: '' };

/** A risk that was recorded as a case: its figure at the midnight that found it. */
export const CaseEvidence = () => {
  const say = useFigureTexts();
  const { networkId } = useNetwork();
  const [{ typed }, change] = useDraft(`${networkId}/case-evidence`, NOTHING, 'tab');
  const [caseId, setCaseId] = useState<string | null>(null);
  const { motive, setMotive } = useMotive();
  const [isTried, setTried] = useState(false);
  const send = (): void => {
    setTried(true);
    if (isId(typed.trim()) && isMotive(motive)) setCaseId(typed.trim());
  };
  return (
    <>
      <Form className="card no-print" onSend={send}>
        <TextField
          label={say('case-id')}
          hint={say('case-hint')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(id) => change({ typed: id })}
          error={isTried && !isId(typed.trim()) ? say('needs-case') : undefined}
        />
        <MotiveField value={motive} onChange={setMotive} isTried={isTried} />
        <div className="row">
          <Button type="submit" look="primary">
            {say('send')}
          </Button>
        </div>
      </Form>
      {caseId ? <CaseEvents key={caseId} caseId={caseId} /> : null}
    </>
  );
};

const CaseEvents = ({ caseId }: { readonly caseId: string }) => {
  const say = useFigureTexts();
  const riskIn = useRiskTexts();
  const figureIn = useFigureWords();
  const { networkId } = useNetwork();
  const { motive } = useMotive();
  const found = usePages(
    ['case-evidence', networkId, caseId],
    (cursor, signal) =>
      api.POST('/networks/{networkId}/cases/{caseId}/evidence', {
        params: { path: { networkId, caseId } },
        body: { motive, ...asked(cursor) },
        signal,
      }),
    ON_RECORD,
  );
  const first = found.data?.pages[0];
  if (!first) return <Listed found={found} />;
  const { figure, evaluatedAt } = first;
  return (
    <Behind name={figure ? riskIn(figure.indicator as 'imbalance') : say('case')}>
      <p>
        {figure ? <strong>{figureIn.value(figure)}</strong> : null} {say('found', { at: moment(evaluatedAt) })}
      </p>
      <Listed found={found} />
    </Behind>
  );
};
