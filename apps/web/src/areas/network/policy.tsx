import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Check, Select, TextArea, TextField } from '../../design/fields';
import { Button, Card, Dialog, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { number, percent } from '../../i18n/format';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import {
  changesIn,
  FIELDS,
  GROUPS,
  limitsOf,
  patchFor,
  valueOf,
  written,
  type Change,
  type Field,
  type Unit,
  type Policy as Values,
  type Value,
} from './policy-fields';
import { usePolicyTexts } from './policy-texts';

type Draft = Readonly<Record<string, string>>;

const NOTHING: Draft = {};
const decimal = (): string => (languageNow() === 'fr' ? ',' : '.');

/** A value as one reads it: `14 days`, `20 %`. */
export const useShown = (): ((field: Field, value: Value) => string) => {
  const say = usePolicyTexts();
  return (field, value) => {
    if (field.unit === 'days' || field.unit === 'months') return say(`unit-${field.unit}`, { count: value as number });
    if (field.unit === 'share') return percentOf(value as number);
    if (field.unit === 'strictness') return say(`strictness-${value as 'hard'}`);
    if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
    if (typeof value === 'number') return number(value, { maximumFractionDigits: 6 });
    return written(field, value, decimal()).replaceAll('\n', ', ') || say('nothing');
  };
};

const percentOf = (share: number): string =>
  Number.isInteger(share * 100) ? percent(share) : number(share, { style: 'percent', maximumFractionDigits: 4 });

/** What the network's lead sets: each value with its meaning, its limits, and what it changes (R23). */
export const Policy = () => {
  const say = usePolicyTexts();
  const words = useWords();
  const { networkId, label } = useNetwork();
  const network = queries.useQuery('get', '/networks/{networkId}', { params: { path: { networkId } } });
  const policy = network.data?.policy as Values | undefined;
  return (
    <Page title={say('title')} lead={say('lead', { label })}>
      {network.isPending ? <Waiting label={words('waiting')} lines={8} /> : null}
      <Fault fault={network.error} onRetry={() => void network.refetch()} />
      {policy ? (
        <>
          <p className="small soft">{say('version', { version: network.data?.policyVersion ?? 1 })}</p>
          <PolicyForm policy={policy} />
        </>
      ) : null}
    </Page>
  );
};

const PolicyForm = ({ policy }: { readonly policy: Values }) => {
  const say = usePolicyTexts();
  const { networkId } = useNetwork();
  const [draft, change, clear] = useDraft(`${networkId}/policy`, NOTHING);
  const [isReviewing, setReviewing] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const changes = changesIn(draft, policy);
  const wrong = wrongIn(changes, policy);
  const write = (name: string, text: string): void => {
    setSaved(false);
    change({ [name]: text });
  };
  return (
    <Form className="stack page" onSend={() => setReviewing(changes.length > 0 && wrong.size === 0)}>
      {GROUPS.map((group) => (
        <Section key={group} title={say(`group-${group}`)}>
          {group === 'thresholds' ? <p className="soft">{say('thresholds-text')}</p> : null}
          <div className="columns settings">
            {FIELDS.filter((field) => field.group === group).map((field) => (
              <Setting
                key={field.name}
                field={field}
                value={valueOf(field, policy)}
                text={draft[field.name]}
                change={changes.find((one) => one.field.name === field.name)}
                error={wrong.get(field.name)}
                onWrite={(text) => write(field.name, text)}
              />
            ))}
          </div>
        </Section>
      ))}
      {isSaved ? <Notice>{say('saved')}</Notice> : null}
      {changes.length > 0 ? (
        <div className="row save-bar">
          <Button type="submit" look="primary">
            {say('review', { count: changes.length })}
          </Button>
          <Button look="plain" onClick={clear}>
            {say('reset')}
          </Button>
        </div>
      ) : null}
      <Dialog isOpen={isReviewing} onClose={() => setReviewing(false)} title={say('review-title')}>
        <Review
          changes={changes}
          onClose={() => setReviewing(false)}
          onSaved={() => {
            clear();
            setSaved(true);
            setReviewing(false);
          }}
        />
      </Dialog>
    </Form>
  );
};

/** By name, which sentence says what is wrong with it. */
const wrongIn = (changes: readonly Change[], policy: Values): ReadonlyMap<string, 'wrong' | 'wrong-order'> => {
  const found = new Map<string, 'wrong' | 'wrong-order'>();
  for (const { field, after } of changes) if (after === null) found.set(field.name, 'wrong');
  const then = (name: string): number => Number(changes.find(({ field }) => field.name === name)?.after ?? policy[name]);
  if (found.size === 0 && then('followUpUntilDay') < then('followUpFromDay')) found.set('followUpUntilDay', 'wrong-order');
  return found;
};

const COUNTED = ['days', 'months', 'share', 'points', 'hours'] as const;
const isCounted = (unit: Unit): unit is (typeof COUNTED)[number] => COUNTED.some((one) => one === unit);

const STRICTNESSES = ['hard', 'soft', 'off'] as const;

interface SettingProps {
  readonly field: Field;
  readonly value: Value;
  readonly text: string | undefined;
  readonly change: Change | undefined;
  readonly error: 'wrong' | 'wrong-order' | undefined;
  readonly onWrite: (text: string) => void;
}

const Setting = ({ field, value, text, change, error, onWrite }: SettingProps) => {
  const say = usePolicyTexts();
  const shown = useShown();
  const { name, unit, group } = field;
  const limits = limitsOf(field);
  const meaning = group === 'thresholds' ? '' : say(`${name}-hint` as 'graceDays-hint');
  if (unit === 'yes-no')
    return (
      <div className="stack tight">
        <Check label={say(name)} isChecked={(text ?? String(value)) === 'true'} onChange={(isChecked) => onWrite(String(isChecked))} />
        <span className="small soft">
          {meaning} {say('now', { value: shown(field, value) })}
        </span>
      </div>
    );
  if (unit === 'strictness')
    return (
      <Select
        label={say(name)}
        hint={`${meaning} ${say('now', { value: shown(field, value) })}`}
        value={text ?? String(value)}
        options={STRICTNESSES.map((one) => ({ value: one, label: say(`strictness-${one}`) }))}
        onChange={onWrite}
      />
    );
  const label = isCounted(unit) ? say('named', { label: say(name), unit: say(`in-${unit}`) }) : say(name);
  const control = {
    label,
    hint: (
      <>
        {meaning} {limits ? say('range', { least: number(limits[0]), most: number(limits[1]) }) : null}{' '}
        {change && change.after !== null ? (
          <strong>{say('from-to', { before: shown(field, change.before), after: shown(field, change.after) })}</strong>
        ) : (
          say('now', { value: shown(field, value) })
        )}
      </>
    ),
    value: text ?? written(field, value, decimal()),
    onChange: onWrite,
    error: error ? say(error) : undefined,
  };
  if (unit === 'headcount') return <TextArea {...control} spellCheck={false} />;
  return <TextField {...control} inputMode={unit === 'line' || unit === 'hours' ? 'text' : 'decimal'} autoComplete="off" maxLength={200} />;
};

interface ReviewProps {
  readonly changes: readonly Change[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Before and after, side by side, and what that does to what is under way. */
const Review = ({ changes, onClose, onSaved }: ReviewProps) => {
  const say = usePolicyTexts();
  const words = useWords();
  const shown = useShown();
  const { networkId } = useNetwork();
  const command = useCommand(`${networkId}/policy`, (body: Readonly<Record<string, unknown>>, key) =>
    api.PATCH('/networks/{networkId}/policy', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const save = async (): Promise<void> => {
    if (await command.send(patchFor(changes))) onSaved();
  };
  return (
    <>
      <ul role="list" className="stack tight">
        {changes.map(({ field, before, after }) => (
          <li key={field.name}>
            <Card tone="calm">
              <h3>{say(field.name)}</h3>
              <p>
                <strong>{after === null ? null : say('from-to', { before: shown(field, before), after: shown(field, after) })}</strong>
              </p>
              <p className="small">{say(`effect-${field.effect}`)}</p>
            </Card>
          </li>
        ))}
      </ul>
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void save()}>
          {say('save')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};
