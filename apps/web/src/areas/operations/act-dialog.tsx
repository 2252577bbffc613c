import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Check, TextArea, TextField } from '../../design/fields';
import { Button, Dialog, Form } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useActTexts } from './act-texts';
import { give, isGrave, type Act, type ActReason, type TakenUp } from './acting';
import { isProcess, progressOf } from './projections-data';

const EMPTY: ActReason = { reason: '', byHand: false };

/** Says what an act will do, asks why, and for the name where it cannot be undone. */
export const ActDialog = ({
  act,
  onClose,
  onDone,
}: {
  readonly act: Act | null;
  readonly onClose: () => void;
  readonly onDone: (act: Act, rows: readonly TakenUp[]) => void;
}) => {
  const say = useActTexts();
  return (
    <Dialog isOpen={act !== null} onClose={onClose} title={act ? `${say(`do-${act.kind}`)} · ${act.name}` : ''}>
      {act ? <ActForm act={act} onClose={onClose} onDone={onDone} /> : null}
    </Dialog>
  );
};

const ActForm = ({
  act,
  onClose,
  onDone,
}: {
  readonly act: Act;
  readonly onClose: () => void;
  readonly onDone: (act: Act, rows: readonly TakenUp[]) => void;
}) => {
  const say = useActTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { kind, name, build, parked } = act;
  const id = [networkId, 'operate', kind, name, build?.version, build?.build, parked?.eventId, parked?.key].join('/');
  const [draft, change, clear] = useDraft(id, EMPTY);
  const [word, setWord] = useState('');
  const [isTried, setTried] = useState(false);
  const cache = useQueryClient();
  const command = useCommand(id, async (given: ActReason, key) => {
    const { builds, rows } = await give(networkId, act, given, key);
    // the new build is seen from its first event on
    if (builds) cache.setQueryData(progressOf(networkId, name).queryKey, { builds: [...builds] });
    return rows;
  });
  const reason = draft.reason.trim();
  const isConfirmed = !isGrave(act) || word.trim() === name;
  const send = async (): Promise<void> => {
    setTried(true);
    if (reason === '' || !isConfirmed) return;
    const rows = await command.send({ reason, byHand: draft.byHand });
    if (!rows) return;
    clear();
    onDone(act, rows);
  };
  const meaning = isProcess(name) && (kind === 'retry' || kind === 'skip') ? (`text-${kind}-process` as const) : (`text-${kind}` as const);
  return (
    <Form onSend={() => void send()}>
      <p>{say(meaning)}</p>
      <TextArea
        label={say('reason')}
        hint={say('reason-hint')}
        value={draft.reason}
        maxLength={4000}
        onChange={(value) => change({ reason: value })}
        error={errorOf(command.fault, 'reason') ?? (isTried && reason === '' ? say('needs-reason') : undefined)}
      />
      {kind === 'rebuild' ? <Check label={say('by-hand')} isChecked={draft.byHand} onChange={(byHand) => change({ byHand })} /> : null}
      {isGrave(act) ? (
        <TextField
          label={say('confirm', { word: name })}
          value={word}
          autoComplete="off"
          spellCheck={false}
          onChange={setWord}
          error={isTried && !isConfirmed ? say('needs-word') : undefined}
        />
      ) : null}
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look={isGrave(act) ? 'bad' : 'primary'} isBusy={command.isSending}>
          {say(`do-${kind}`)}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};
