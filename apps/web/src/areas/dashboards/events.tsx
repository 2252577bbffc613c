import { useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Section, Waiting } from '../../design/parts';
import { dayIn } from '../../i18n/format';
import { useNetwork, useRoles } from '../../session/session';
import { Explanation, riskParts, type RiskBehind } from './explanation';
import { AUDITORS_ALONE, type Indicator } from './indicators';
import { useMeanings } from './risk-meanings';
import { useRiskTexts } from './risk-texts';

interface Of {
  readonly indicator: Indicator;
  readonly cell: string | null;
  /** When the figure that is shown was judged: its events, not later ones. */
  readonly asOf: string;
}

/** The ids of the events behind a figure, for who may see them. */
export const Events = ({ of }: { readonly of: Of }) => {
  const say = useRiskTexts();
  const roles = useRoles();
  const [opened, setOpened] = useState<Of | null>(null);
  const mayOpen = roles.has('auditor') || (roles.has('network-lead') && !AUDITORS_ALONE.includes(of.indicator));
  const refusal = AUDITORS_ALONE.includes(of.indicator) ? 'events-auditor' : 'events-lead';
  return (
    <Section title={say('events')}>
      {mayOpen ? <p className="soft">{say('events-text')}</p> : <p className="soft">{say(refusal)}</p>}
      {mayOpen && opened?.cell !== of.cell ? (
        <p className="no-print">
          <Button onClick={() => setOpened(of)}>{say('events-open')}</Button>
        </p>
      ) : null}
      {opened && opened.cell === of.cell ? <EventList of={opened} /> : null}
    </Section>
  );
};

const EventList = ({ of: { indicator, cell, asOf } }: { readonly of: Of }) => {
  const say = useRiskTexts();
  const words = useWords();
  const { networkId, timeZone } = useNetwork();
  const found = usePages<RiskBehind>(['risk-events', networkId, indicator, cell, asOf], (cursor, signal) => {
    const query = { indicator, asOf, limit: 50, ...(cell === null ? {} : { cell }), ...(cursor ? { cursor } : {}) };
    const asked = { params: { path: { networkId }, query }, signal };
    return cursor ? api.GET('/networks/{networkId}/risk/evidence', asked) : api.GET('/networks/{networkId}/risk/explanation', asked);
  });
  const meaning = useMeanings();
  const explained = found.data?.pages.find((page) => 'rules' in page);
  const ids = found.data?.pages.flatMap(({ eventIds }) => eventIds) ?? [];
  // what they are, where one may know it
  const lines = new Map(found.data?.pages.flatMap(({ events }) => events.map((event) => [event.eventId, event] as const)));
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
                {lines.size > 0 ? (
                  <>
                    <th scope="col">{say('event-type')}</th>
                    <th scope="col">{say('event-recorded')}</th>
                  </>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {ids.map((id, at) => (
                <tr key={id}>
                  <td className="number">{at + 1}</td>
                  <td>
                    <code>{id}</code>
                  </td>
                  {lines.size > 0 ? (
                    <>
                      <td>{lines.get(id)?.type}</td>
                      <td>{lines.has(id) ? dayIn(lines.get(id)!.recordedAt, timeZone) : null}</td>
                    </>
                  ) : null}
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
