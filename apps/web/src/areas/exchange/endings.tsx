import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { useRequired } from '../../content/required';
import { useWords } from '../../content/words';
import { Choices, TextArea } from '../../design/fields';
import { Button, Dialog, Form, Section } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { useExchangeTexts } from './texts';
import { pathOf, type Exchange, type Self } from './use-exchange';

const REASONS = {
  cancel: ['no-time', 'no-longer-needed', 'other'],
  'drop-out': ['own-choice', 'behaviour'],
  interrupt: ['by-participants', 'behaviour', 'other'],
  dispute: ['content', 'behaviour', 'organisation', 'confidentiality'],
} as const;
type Ending = keyof typeof REASONS;
type ReasonOf<Of extends Ending> = (typeof REASONS)[Of][number];

const endingsOf = ({ status, disputed }: Exchange, self: Self, facilitates: boolean): readonly Ending[] => {
  const mayAct = self.takesPart || self.mediates;
  const mayEnd = mayAct || facilitates;
  const isOpen = status === 'agreed' || status === 'in-progress';
  const ended = status === 'cancelled' || status === 'interrupted';
  return [
    ...(mayEnd && !disputed && status === 'agreed' ? (['cancel'] as const) : []),
    ...(mayEnd && !disputed && status === 'in-progress' ? (['interrupt'] as const) : []),
    ...(self.takesPart && isOpen ? (['drop-out'] as const) : []),
    ...((mayAct || self.wasThere) && !disputed && !ended ? (['dispute'] as const) : []),
  ];
};

/** How an exchange ends before its time, and what to do where something went wrong. */
export const Endings = ({ exchange, self }: { readonly exchange: Exchange; readonly self: Self }) => {
  const say = useExchangeTexts();
  const { networkId } = useNetwork();
  const facilitates = useRoles().has('facilitator');
  const [ending, setEnding] = useState<Ending | null>(null);
  return (
    <Section title={say('otherwise')}>
      <div className="row">
        {endingsOf(exchange, self, facilitates).map((one) => (
          <Button key={one} onClick={() => setEnding(one)}>
            {say(one)}
          </Button>
        ))}
        <Link to="/n/$networkId/incident" params={{ networkId }} search={{ exchangeId: exchange.exchangeId }} className="button plain">
          {say('incident')}
        </Link>
      </div>
      <Dialog isOpen={ending !== null} onClose={() => setEnding(null)} title={ending ? say(ending) : ''}>
        {ending ? <EndingForm {...{ ending, exchange, self }} onDone={() => setEnding(null)} /> : null}
      </Dialog>
    </Section>
  );
};

const EndingForm = ({
  ending,
  exchange: { exchangeId },
  self,
  onDone,
}: {
  readonly ending: Ending;
  readonly exchange: Exchange;
  readonly self: Self;
  readonly onDone: () => void;
}) => {
  const say = useExchangeTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/${ending}/${exchangeId}`;
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => ({ reason: '', text: '' }), []),
  );
  const command = useCommand(name, async ({ reason, text }: { readonly reason: string; readonly text: string }, key) => {
    const params = pathOf(networkId, exchangeId, key);
    switch (ending) {
      case 'cancel':
        return api.POST('/networks/{networkId}/exchanges/{exchangeId}/cancellation', {
          params,
          body: { reason: reason as ReasonOf<'cancel'> },
        });
      case 'interrupt':
        return api.POST('/networks/{networkId}/exchanges/{exchangeId}/interruption', {
          params,
          body: { reason: reason as ReasonOf<'interrupt'> },
        });
      case 'drop-out':
        return api.POST('/networks/{networkId}/exchanges/{exchangeId}/participants/{memberId}/drop-out', {
          params: { ...params, path: { ...params.path, memberId: self.ownId } },
          body: { reason: reason as ReasonOf<'drop-out'> },
        });
      case 'dispute':
        return api.POST('/networks/{networkId}/exchanges/{exchangeId}/disputes', {
          params,
          body: { kind: reason as ReasonOf<'dispute'>, text: text.trim() },
        });
    }
  });
  const { missing, isWhole } = useRequired({ reason: draft.reason !== '', text: ending !== 'dispute' || draft.text.trim() !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    if (!(await command.send(draft))) return;
    clear();
    onDone();
  };
  return (
    <Form onSend={() => void send()}>
      <p>{say(`${ending}-text`)}</p>
      <Choices
        label={say('reason')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        options={REASONS[ending].map((value) => ({ value: value as string, label: say(`${ending}-${value}` as 'cancel-other') }))}
        error={errorOf(command.fault, 'reason') ?? errorOf(command.fault, 'kind') ?? missing('reason')}
      />
      {ending === 'dispute' ? (
        <TextArea
          label={say('dispute-words')}
          value={draft.text}
          onChange={(text) => change({ text })}
          maxLength={4000}
          error={errorOf(command.fault, 'text') ?? missing('text')}
        />
      ) : null}
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="bad" isBusy={command.isSending}>
          {say(ending)}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('close')}
        </Button>
      </div>
    </Form>
  );
};
