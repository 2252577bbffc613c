import { LostConnection, Problem } from '../api/problem';
import { useFieldNames, type FieldError } from '../design/field-names';
import { Button, Notice } from '../design/parts';
import { defineTexts, frenchSpaces } from '../i18n/define-texts';
import { languageNow } from '../i18n/language';
import { signInAgain } from '../session/session';

const useFaultTexts = defineTexts('fault', {
  fr: {
    lost: 'La connexion est perdue. Rien de ce que vous avez écrit n’est perdu : envoyez à nouveau quand elle revient.',
    'signed-out': 'Votre connexion a expiré. Ce que vous avez écrit est gardé dans ce navigateur.',
    'sign-in': 'Se connecter à nouveau',
    rule: 'Règle {{rule}}',
    number: 'Numéro de la demande : {{id}}',
    again: 'Réessayer',
    named: '{{field}} :',
    'a-field': 'Un champ de cette page',
    unexpected: 'Quelque chose ne va pas sur cette page. Rechargez-la ; rien n’a été envoyé.',
  },
  en: {
    lost: 'The connection is lost. Nothing that you wrote is lost: send it again once it is back.',
    'signed-out': 'Your session has ended. What you wrote is kept in this browser.',
    'sign-in': 'Sign in again',
    rule: 'Rule {{rule}}',
    number: 'Request number: {{id}}',
    again: 'Try again',
    named: '{{field}}:',
    'a-field': 'A field of this page',
    unexpected: 'Something is wrong on this page. Load it again; nothing was sent.',
  },
});

const spaced = (text: string): string => (languageNow() === 'fr' ? frenchSpaces(text) : text);

/** What went wrong, by which rule, and what to do next. */
export const Fault = ({ fault, onRetry }: { readonly fault: unknown; readonly onRetry?: () => void }) => {
  const say = useFaultTexts();
  if (!fault) return null;
  if (fault instanceof LostConnection)
    return (
      <Notice tone="bad">
        <p>{say('lost')}</p>
        {onRetry ? (
          <p>
            <Button onClick={onRetry}>{say('again')}</Button>
          </p>
        ) : null}
      </Notice>
    );
  if (!(fault instanceof Problem)) return <Notice tone="bad">{say('unexpected')}</Notice>;
  if (fault.status === 401)
    return (
      <Notice tone="bad">
        <p>{say('signed-out')}</p>
        <p>
          <Button look="primary" onClick={signInAgain}>
            {say('sign-in')}
          </Button>
        </p>
      </Notice>
    );
  const { title, detail, rule, ruleUrl, errors = [], instance, status } = fault.body;
  return (
    <Notice tone="bad">
      <p>
        <strong>{spaced(title)}</strong>{' '}
        {rule && ruleUrl ? (
          <a href={ruleUrl} target="_blank" rel="noreferrer">
            {say('rule', { rule })}
          </a>
        ) : null}
      </p>
      {detail ? <p>{detail}</p> : null}
      {errors.length > 0 ? (
        <ul>
          {errors.map((error) => (
            <WrongField key={`${error.field} ${error.message}`} path={error.field} message={spaced(error.message)} />
          ))}
        </ul>
      ) : null}
      {status >= 500 && instance ? <p className="small">{say('number', { id: instance })}</p> : null}
      {onRetry && status >= 500 ? (
        <p>
          <Button onClick={onRetry}>{say('again')}</Button>
        </p>
      ) : null}
    </Notice>
  );
};

const WrongField = ({ path, message }: FieldError) => {
  const say = useFaultTexts();
  const known = useFieldNames()(path);
  return (
    <li>
      <strong>{say('named', { field: known?.name ?? say('a-field') })}</strong> {known?.message ?? message}
    </li>
  );
};

/** What is wrong with one field, where the API named it (`/offers/0/wording`): `offers.0.wording` for `wording` of the first offer. */
export const errorOf = (fault: unknown, field: string): FieldError | undefined => {
  const path = `/${field.replaceAll('.', '/')}`;
  const error = fault instanceof Problem ? fault.body.errors?.find((one) => one.field === path) : undefined;
  return error && { path, message: spaced(error.message) };
};
