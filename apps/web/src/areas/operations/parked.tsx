import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Empty, Scrollable, Section, Tag, Waiting } from '../../design/parts';
import { dayAndTime, number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { useActTexts } from './act-texts';
import type { Act } from './acting';
import { useProjectionTexts } from './projection-texts';
import { useOperationTexts } from './texts';

const PAGE_SIZE = 50;

/** What waits behind a fault, or was skipped: row, event, class of the fault. Nothing of a person. */
export const Parked = ({ name, onAct }: { readonly name: string; readonly onAct: (act: Act) => void }) => {
  const say = useProjectionTexts();
  const sayAct = useActTexts();
  const sayAll = useOperationTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = usePages(['parked', networkId, name], (cursor, signal) =>
    api.GET('/networks/{networkId}/operations/projections/{name}/parked', {
      params: { path: { networkId, name }, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const parked = found.data?.pages.flatMap((page) => page.parked) ?? [];
  const isWaiting = parked.some(({ state }) => state === 'parked');
  return (
    <Section
      title={say('parked')}
      tools={isWaiting ? <Button onClick={() => onAct({ kind: 'retry', name })}>{say('retry-all')}</Button> : undefined}
    >
      <p className="soft">{say('parked-lead')}</p>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data && parked.length === 0 ? (
        <Empty title={say('parked-empty')}>
          <p>{say('parked-empty-text')}</p>
        </Empty>
      ) : null}
      {parked.length > 0 ? (
        <Scrollable label={sayAll('table', { of: say('parked') })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('row')}</th>
                <th scope="col">{say('event')}</th>
                <th scope="col">{say('fault')}</th>
                <th scope="col" className="number">
                  {say('attempts')}
                </th>
                <th scope="col">{say('parked-at')}</th>
                <th scope="col">{say('act')}</th>
              </tr>
            </thead>
            <tbody>
              {parked.map((one) => (
                <tr key={`${one.version}/${one.build}/${one.key}/${one.eventId}/${one.due?.name ?? ''}`}>
                  <th scope="row">
                    <code>{one.key}</code> {one.unknown ? <Tag tone="warn">{say('unknown')}</Tag> : null}
                  </th>
                  <td>
                    {one.type} <code className="small">{one.eventId}</code>
                    {one.due ? <p className="small soft">{say('due', { name: one.due.name })}</p> : null}
                    {one.answered > 0 ? <p className="small soft">{say('answered', { count: one.answered })}</p> : null}
                  </td>
                  <td>{one.state === 'skipped' ? <Tag>{say('skipped')}</Tag> : one.fault}</td>
                  <td className="number">{number(one.attempts)}</td>
                  <td>{dayAndTime(one.parkedAt)}</td>
                  <td>
                    {one.state === 'parked' ? (
                      <span className="row">
                        <Button onClick={() => onAct({ kind: 'retry', name, parked: { eventId: one.eventId, key: one.key } })}>
                          {sayAct('do-retry')}
                        </Button>
                        <Button look="bad" onClick={() => onAct({ kind: 'skip', name, parked: { eventId: one.eventId, key: one.key } })}>
                          {sayAct('do-skip')}
                        </Button>
                      </span>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      ) : null}
      <More of={found} />
    </Section>
  );
};
