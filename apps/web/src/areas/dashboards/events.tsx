import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Section, Waiting } from '../../design/parts';
import { useNetwork, useRoles } from '../../session/session';
import { Explanation, riskParts, type RiskListed } from './explanation';
import { AUDITORS_ALONE, type Indicator } from './indicators';
import { useMeanings } from './risk-meanings';
import { useRiskTexts } from './risk-texts';

interface Of {
  readonly indicator: Indicator;
  readonly cell: string | null;
  /** When the figure that is shown was judged: its events, not later ones. */
  readonly asOf: string;
}

/** The ids of the events behind a figure, for the lead; an auditor opens them, and whom they are about, on a page that asks why. */
export const Events = ({ of }: { readonly of: Of }) => {
  const say = useRiskTexts();
  const roles = useRoles();
  const [opened, setOpened] = useState<Of | null>(null);
  const mayOpen = roles.has('network-lead') && !AUDITORS_ALONE.includes(of.indicator);
  const refusal = AUDITORS_ALONE.includes(of.indicator) ? 'events-auditor' : 'events-lead';
  return (
    <Section title={say('events')}>
      <p className="soft">{say(mayOpen || roles.has('auditor') ? 'events-text' : refusal)}</p>
      {mayOpen && opened?.cell !== of.cell ? (
        <p className="no-print">
          <Button onClick={() => setOpened(of)}>{say('events-open')}</Button>
        </p>
      ) : null}
      {roles.has('auditor') ? <ToAudit of={of} /> : null}
      {opened && opened.cell === of.cell ? <EventList of={opened} /> : null}
    </Section>
  );
};

const ToAudit = ({ of: { indicator, cell } }: { readonly of: Of }) => {
  const say = useRiskTexts();
  const { networkId } = useNetwork();
  const { asOf } = useSearch({ strict: false });
  const search = { family: 'risk' as const, indicator, ...(cell === null ? {} : { cell }), ...(asOf ? { asOf } : {}) };
  return (
    <p className="no-print">
      <Link to="/n/$networkId/audit/figures" params={{ networkId }} search={search}>
        {say('events-audit')}
      </Link>
    </p>
  );
};

const EventList = ({ of: { indicator, cell, asOf } }: { readonly of: Of }) => {
  const say = useRiskTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = usePages<RiskListed>(['risk-events', networkId, indicator, cell, asOf], (cursor, signal) => {
    const query = { indicator, asOf, limit: 50, ...(cell === null ? {} : { cell }), ...(cursor ? { cursor } : {}) };
    const asked = { params: { path: { networkId }, query }, signal };
    return cursor ? api.GET('/networks/{networkId}/risk/evidence', asked) : api.GET('/networks/{networkId}/risk/explanation', asked);
  });
  const meaning = useMeanings();
  const explained = found.data?.pages.find((page) => 'rules' in page);
  const ids = found.data?.pages.flatMap(({ eventIds }) => eventIds) ?? [];
  return (
    <>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {explained ? <Explanation rules={explained.rules} formula={meaning(indicator)} parts={riskParts(explained)} /> : null}
      {found.data && ids.length === 0 ? <p>{say('events-none')}</p> : null}
      {ids.length > 0 ? (
        <div className="scroll figure-table" tabIndex={0} role="region" aria-label={say('events')}>
          <table>
            <thead>
              <tr>
                <th scope="col" className="number">
                  {say('event-number')}
                </th>
                <th scope="col">{say('event-id')}</th>
              </tr>
            </thead>
            <tbody>
              {ids.map((id, at) => (
                <tr key={id}>
                  <td className="number">{at + 1}</td>
                  <td>
                    <code>{id}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <More of={found} />
    </>
  );
};
