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
import { day } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { pathOf, useExchange, type Exchange, type Self } from './use-exchange';

const useEvaluateTexts = defineTexts('evaluate', {
  fr: {
    title: 'Fiche bilan : {{topic}}',
    lead: 'De 1 (pas du tout) à 5 (tout à fait). Moins d’une minute.',
    sealed:
      'Ce que vous écrivez reste scellé jusqu’à ce que toutes les fiches soient là, ou jusqu’au {{day}}. Les autres participants et la personne médiatrice la lisent ensuite ; ailleurs, il n’y a que des chiffres de groupe.',
    overall: 'Dans l’ensemble, cet échange vous a-t-il satisfait ?',
    criterion: '{{text}}',
    erased: 'Critère dont le texte est effacé',
    usable: 'Ce que vous avez appris est-il directement utilisable ?',
    again: 'Échangeriez-vous à nouveau avec cette personne ou ce groupe ?',
    yes: 'Oui',
    no: 'Non',
    comment: 'Un mot (facultatif)',
    'comment-hint': 'Ce qui a aidé, ce qui a manqué.',
    send: 'Envoyer ma fiche bilan',
    amend: 'Remplacer ma fiche bilan',
    back: 'Retour à l’échange',
    'not-now': 'Cet échange ne s’évalue pas, ou plus : il faut y avoir été, qu’il ait eu lieu, et que le délai coure encore.',
  },
  en: {
    title: 'Evaluation: {{topic}}',
    lead: 'From 1 (not at all) to 5 (entirely). Under a minute.',
    sealed:
      'What you write stays sealed until all evaluations are in, or until {{day}}. The other participants and the mediator read it afterwards; elsewhere there are only figures of groups.',
    overall: 'Overall, were you satisfied with this exchange?',
    criterion: '{{text}}',
    erased: 'A criterion whose text is erased',
    usable: 'Can you use directly what you learnt?',
    again: 'Would you exchange again with this person or group?',
    yes: 'Yes',
    no: 'No',
    comment: 'A word (optional)',
    'comment-hint': 'What helped, what was missing.',
    send: 'Send my evaluation',
    amend: 'Replace my evaluation',
    back: 'Back to the exchange',
    'not-now':
      'This exchange is not to be evaluated, or not any more: one has to have been there, it has to have been held, and the time must not be over.',
  },
});

interface EvaluationDraft {
  readonly overall: string;
  readonly criteria: Readonly<Record<string, string>>;
  readonly usable: string;
  readonly again: '' | 'yes' | 'no';
  readonly comment: string;
}

const SCORES = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }));

/** What one wrote before, else nothing. */
const draftOf = ({ evaluations }: Exchange, ownId: string): EvaluationDraft => {
  const before = evaluations.find(({ memberId }) => memberId === ownId)?.versions.at(-1);
  if (!before) return { overall: '', criteria: {}, usable: '', again: '', comment: '' };
  return {
    overall: String(before.overall),
    criteria: Object.fromEntries(before.criteria.map(({ criterionId, score }) => [criterionId, String(score)])),
    usable: before.usable === null ? '' : String(before.usable),
    again: before.again ? 'yes' : 'no',
    comment: before.comment ?? '',
  };
};

/** One's judgement against the agreed criteria (R13): short enough for a phone in a corridor. */
export const Evaluate = () => {
  const say = useEvaluateTexts();
  const words = useWords();
  const { found, known } = useExchange();
  if (!known)
    return (
      <Page title={say('title', { topic: '…' })}>
        {found.error ? <Fault fault={found.error} onRetry={() => void found.refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const { exchange, self } = known;
  const { networkId, exchangeId, status, unsealed, evaluateBy } = exchange;
  const isOpen = status === 'held' && self.wasThere && !unsealed && evaluateBy !== null;
  return (
    <Page title={say('title', { topic: topicOf(exchange) })} lead={isOpen ? say('lead') : undefined}>
      {isOpen ? <EvaluationForm exchange={exchange} self={self} /> : <Notice tone="warn">{say('not-now')}</Notice>}
      <p>
        <Link to="/n/$networkId/exchanges/$exchangeId" params={{ networkId, exchangeId }}>
          {say('back')}
        </Link>
      </p>
    </Page>
  );
};

const formOf = (draft: EvaluationDraft, { agreement }: Exchange, role: Self['role']) => ({
  overall: Number(draft.overall),
  criteria: agreement.criteria.map(({ criterionId }) => ({ criterionId, score: Number(draft.criteria[criterionId] ?? 0) })),
  again: draft.again === 'yes',
  ...(role === 'learner' ? { usable: Number(draft.usable) } : {}),
  ...(draft.comment.trim() === '' ? {} : { comment: draft.comment.trim() }),
});

const EvaluationForm = ({ exchange, self }: { readonly exchange: Exchange; readonly self: Self }) => {
  const say = useEvaluateTexts();
  const navigate = useNavigate();
  const { networkId, exchangeId, agreement, evaluateBy, evaluations } = exchange;
  const name = `${networkId}/evaluate/${exchangeId}`;
  const hasEvaluated = evaluations.some(({ memberId }) => memberId === self.ownId);
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => draftOf(exchange, self.ownId), [exchange, self.ownId]),
  );
  const command = useCommand(name, (body: ReturnType<typeof formOf>, key) => {
    const init = { params: pathOf(networkId, exchangeId, key), body };
    return hasEvaluated
      ? api.PUT('/networks/{networkId}/exchanges/{exchangeId}/evaluation', init)
      : api.POST('/networks/{networkId}/exchanges/{exchangeId}/evaluation', init);
  });
  const { missing, isWhole } = useRequired<string>({
    overall: draft.overall !== '',
    usable: self.role !== 'learner' || draft.usable !== '',
    again: draft.again !== '',
    ...Object.fromEntries(agreement.criteria.map(({ criterionId }) => [criterionId, draft.criteria[criterionId] !== undefined])),
  });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    if (!(await command.send(formOf(draft, exchange, self.role)))) return;
    clear();
    await navigate({ to: '/n/$networkId/exchanges/$exchangeId', params: { networkId, exchangeId } });
  };
  return (
    <Form onSend={() => void send()}>
      <Choices
        label={say('overall')}
        value={draft.overall}
        onChange={(overall) => change({ overall })}
        options={SCORES}
        isScale
        error={errorOf(command.fault, 'overall') ?? missing('overall')}
      />
      {agreement.criteria.map(({ criterionId, text }, at) => (
        <Choices
          key={criterionId}
          label={text ?? say('erased')}
          value={draft.criteria[criterionId] ?? ''}
          onChange={(score) => change({ criteria: { ...draft.criteria, [criterionId]: score } })}
          options={SCORES}
          isScale
          error={errorOf(command.fault, `criteria.${at}.score`) ?? missing(criterionId)}
        />
      ))}
      {self.role === 'learner' ? (
        <Choices
          label={say('usable')}
          value={draft.usable}
          onChange={(usable) => change({ usable })}
          options={SCORES}
          isScale
          error={errorOf(command.fault, 'usable') ?? missing('usable')}
        />
      ) : null}
      <Choices
        label={say('again')}
        value={draft.again}
        onChange={(again) => change({ again })}
        options={[
          { value: 'yes', label: say('yes') },
          { value: 'no', label: say('no') },
        ]}
        error={errorOf(command.fault, 'again') ?? missing('again')}
      />
      <TextArea
        label={say('comment')}
        hint={say('comment-hint')}
        rows={2}
        maxLength={4000}
        value={draft.comment}
        onChange={(comment) => change({ comment })}
        error={errorOf(command.fault, 'comment')}
      />
      <p className="small soft">{say('sealed', { day: day(evaluateBy!) })}</p>
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say(hasEvaluated ? 'amend' : 'send')}
        </Button>
      </div>
    </Form>
  );
};
