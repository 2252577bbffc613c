import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { queries } from '../../api/client';
import { Fault } from '../../content/fault';
import { isId } from '../../content/is-id';
import { isMotive, MotiveField } from '../../content/motive-field';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Empty, Form, Page, Waiting } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useMotive } from './motive';
import { ReplayedExchange } from './replayed-exchange';
import { useReplayTexts } from './replay-texts';

const NOTHING = { typed: '' };

/** One exchange, event by event. Each look is recorded: it is asked for once, and nothing asks again behind one's back. */
export const Replay = () => {
  const say = useReplayTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { motive, setMotive } = useMotive();
  const { exchange } = useSearch({ from: '/n/$networkId/audit/' });
  const [{ typed }, change] = useDraft(`${networkId}/replay`, NOTHING, 'tab');
  const [isTried, setTried] = useState(false);
  const replay = queries.useMutation('post', '/networks/{networkId}/exchanges/{exchangeId}/replay');
  // JSON was asked for: a text would be a file
  const replayed = typeof replay.data === 'object' ? replay.data : undefined;
  const exchangeId = typed.trim();
  useEffect(() => {
    if (exchange) change({ typed: exchange });
  }, [exchange]);
  const send = (): void => {
    setTried(true);
    if (!isId(exchangeId) || !isMotive(motive) || replay.isPending) return;
    replay.mutate({ params: { path: { networkId, exchangeId } }, body: { motive } });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Form className="card no-print" onSend={send}>
        <TextField
          label={say('exchange')}
          hint={say('exchange-hint')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(id) => change({ typed: id })}
          error={isTried && !isId(exchangeId) ? say('needs-exchange') : undefined}
        />
        <MotiveField value={motive} onChange={setMotive} isTried={isTried} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={replay.isPending}>
            {say('send')}
          </Button>
        </div>
      </Form>
      <Fault fault={replay.error} />
      {replay.isPending ? <Waiting label={words('waiting')} /> : null}
      {replayed ? (
        <ReplayedExchange
          key={replay.submittedAt}
          exchangeId={replay.variables!.params.path.exchangeId}
          motive={replay.variables!.body.motive}
          replayed={replayed}
        />
      ) : null}
      {replay.isIdle ? (
        <Empty title={say('nothing')}>
          <p>{say('nothing-text')}</p>
        </Empty>
      ) : null}
    </Page>
  );
};
