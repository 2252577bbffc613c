import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { topicOf } from '../../content/meeting';
import { useRequired } from '../../content/required';
import { useWords } from '../../content/words';
import { Choices, TextArea } from '../../design/fields';
import { Button, Form, Notice, Page, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { pathOf, useExchange, type Exchange } from './use-exchange';

const useFollowUpTexts = defineTexts('follow-up', {
  fr: {
    title: 'Deux mois après : {{topic}}',
    used: 'Ce que vous avez appris vous sert-il au travail ?',
    yes: 'Oui',
    no: 'Non',
    example: 'Un exemple (facultatif)',
    'example-hint': 'Vous seul le relisez ; le réseau ne voit que des chiffres de groupe.',
    send: 'Envoyer',
    done: 'Vous avez répondu : {{answer}}. Merci.',
    back: 'Retour à l’échange',
  },
  en: {
    title: 'Two months later: {{topic}}',
    used: 'Do you use what you learnt at work?',
    yes: 'Yes',
    no: 'No',
    example: 'An example (optional)',
    'example-hint': 'You alone read it again; the network sees figures of groups only.',
    send: 'Send',
    done: 'You answered: {{answer}}. Thank you.',
    back: 'Back to the exchange',
  },
});

/** One question, 60 to 90 days after. */
export const FollowUp = () => {
  const say = useFollowUpTexts();
  const words = useWords();
  const { found, known } = useExchange();
  if (!known)
    return (
      <Page title={say('title', { topic: '…' })}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const { exchange, self } = known;
  const { networkId, exchangeId } = exchange;
  const own = exchange.followUps.find(({ memberId }) => memberId === self.ownId);
  return (
    <Page title={say('title', { topic: topicOf(exchange) })}>
      {own ? (
        <Notice>
          <p>{say('done', { answer: say(own.usedAtWork ? 'yes' : 'no') })}</p>
          {own.example ? <p>{own.example}</p> : null}
        </Notice>
      ) : (
        <FollowUpForm exchange={exchange} />
      )}
      <p>
        <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId }}>
          {say('back')}
        </Link>
      </p>
    </Page>
  );
};

interface FollowUpDraft {
  readonly used: '' | 'yes' | 'no';
  readonly example: string;
}

const FollowUpForm = ({ exchange: { networkId, exchangeId } }: { readonly exchange: Exchange }) => {
  const say = useFollowUpTexts();
  const navigate = useNavigate();
  const name = `${networkId}/follow-up/${exchangeId}`;
  const [draft, change, clear] = useDraft<FollowUpDraft>(
    name,
    useMemo(() => ({ used: '', example: '' }), []),
  );
  const command = useCommand(name, (body: { usedAtWork: boolean; example?: string }, key) =>
    api.POST('/networks/{networkId}/exchanges/{exchangeId}/follow-up', { params: pathOf(networkId, exchangeId, key), body }),
  );
  const { missing, isWhole } = useRequired({ used: draft.used !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    const example = draft.example.trim();
    if (!(await command.send({ usedAtWork: draft.used === 'yes', ...(example ? { example } : {}) }))) return;
    clear();
    await navigate({ to: '/n/$networkId/exchanges/$exchangeId', params: { networkId, exchangeId } });
  };
  return (
    <Form onSend={() => void send()}>
      <Choices
        label={say('used')}
        value={draft.used}
        onChange={(used) => change({ used })}
        options={[
          { value: 'yes', label: say('yes') },
          { value: 'no', label: say('no') },
        ]}
        error={errorOf(command.fault, 'usedAtWork') ?? missing('used')}
      />
      <TextArea
        label={say('example')}
        hint={say('example-hint')}
        maxLength={4000}
        value={draft.example}
        onChange={(example) => change({ example })}
        error={errorOf(command.fault, 'example')}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say('send')}
        </Button>
      </div>
    </Form>
  );
};
