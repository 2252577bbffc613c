import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Button } from '../../design/parts';
import { useNetwork } from '../../session/session';
import type { Preview } from './retention-due';
import { useRetentionTexts } from './retention-texts';

/** With the periods that were shown: where the settings changed meanwhile, nothing is erased. */
export const StartRun = ({ preview, onDone }: { readonly preview: Preview; readonly onDone: (isSent: boolean) => void }) => {
  const say = useRetentionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { exchangeTextsMonths, goneMembersMonths } = preview;
  const start = useCommand(
    `${networkId}/retention-run`,
    (body: { readonly exchangeTextsMonths: number; readonly goneMembersMonths: number }, key) =>
      api.POST('/networks/{networkId}/retention-runs', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const send = async (): Promise<void> => {
    if (await start.send({ exchangeTextsMonths, goneMembersMonths })) onDone(true);
  };
  return (
    <>
      <p>{say('start-text')}</p>
      <p>{say('would-erase', preview.counts)}</p>
      <Fault fault={start.fault} />
      <div className="row">
        <Button look="bad" isBusy={start.isSending} onClick={() => void send()}>
          {say('start-sure')}
        </Button>
        <Button look="plain" onClick={() => onDone(false)}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};
