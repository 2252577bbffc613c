import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import { usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Dialog, Waiting } from '../../design/parts';
import { dayAndTime, list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { useMediatorTexts } from './texts';

/** One-sided: who said what of which session, and the mediator's word on it (R12). */
export const SettleDialog = ({ exchangeId, onClose }: { readonly exchangeId: string | null; readonly onClose: () => void }) => {
  const say = useMediatorTexts();
  return (
    <Dialog isOpen={exchangeId !== null} onClose={onClose} title={say('settle-title')}>
      {exchangeId ? <Settle exchangeId={exchangeId} onClose={onClose} /> : null}
    </Dialog>
  );
};

const Settle = ({ exchangeId, onClose }: { readonly exchangeId: string; readonly onClose: () => void }) => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const nameOf = usePersonName(null);
  const path = { networkId, exchangeId };
  const found = queries.useQuery('get', '/networks/{networkId}/exchanges/{exchangeId}', { params: { path } });
  const command = useCommand(`${networkId}/settle-held/${exchangeId}`, (outcome: 'held' | 'not-held', key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/held-settlement', {
      params: { path, header: { 'Idempotency-Key': key } },
      body: { outcome },
    }),
  );
  const settle = async (outcome: 'held' | 'not-held'): Promise<void> => {
    if (await command.send(outcome)) onClose();
  };
  if (!found.data) return found.error ? <Fault fault={found.error} /> : <Waiting label={words('waiting')} />;
  const { exchange, people } = found.data;
  const named = (ids: readonly string[]): string =>
    list(ids.map((id) => nameOf(people.find(({ memberId }) => memberId === id) ?? { memberId: null, name: null, seen: 'hidden' })));
  return (
    <div className="stack">
      <h3>{say('sessions')}</h3>
      {exchange.sessions.length === 0 ? <p>{say('no-sessions')}</p> : null}
      <ul>
        {exchange.sessions.map(({ sessionId, start, minutes, held, present }) => (
          <li key={sessionId}>
            {held
              ? say('session-held', { when: dayAndTime(start), minutes, names: named(present.map(({ memberId }) => memberId)) })
              : say('session-planned', { when: dayAndTime(start), minutes })}
          </li>
        ))}
      </ul>
      <p>{exchange.confirmedBy.length > 0 ? say('settle-said', { names: named(exchange.confirmedBy) }) : say('settle-nobody')}</p>
      <p className="soft">{say('settle-help')}</p>
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void settle('held')}>
          {say('settle-held')}
        </Button>
        <Button look="bad" isBusy={command.isSending} onClick={() => void settle('not-held')}>
          {say('settle-not-held')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </div>
  );
};
