import { Id } from '../../content/id';
import { isId } from '../../content/is-id';
import { moment, number } from '../../i18n/format';
import { useFieldWords, useWordsOfFields } from './field-words';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

const Text = ({ text }: { readonly text: string }) => {
  const { code } = useWordsOfFields();
  if (isId(text)) return <Id id={text} />;
  if (INSTANT.test(text)) return <time dateTime={text}>{moment(text)}</time>;
  return <>{code(text)}</>;
};

/** Whatever an event or a state holds, in words as far as there are any. */
export const Value = ({ value }: { readonly value: unknown }) => {
  const say = useFieldWords();
  if (value === null || value === undefined) return <span className="soft">{say('nothing')}</span>;
  if (typeof value === 'boolean') return <>{say(value ? 'yes' : 'no')}</>;
  if (typeof value === 'number') return <>{number(value)}</>;
  if (typeof value === 'string') return <Text text={value} />;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="soft">{say('nothing')}</span>;
    return (
      <ul className="values">
        {value.map((one: unknown, at) => (
          <li key={at}>
            <Value value={one} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value !== 'object') return null;
  if ('ref' in value) return <span className="soft">{say('reference')}</span>;
  return <Fields of={value} />;
};

const isLong = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !('ref' in value) && Object.keys(value).length > 0;

export const Fields = ({ of }: { readonly of: object }) => {
  const { name } = useWordsOfFields();
  return (
    <dl className="values">
      {Object.entries(of).map(([field, value]) => (
        <div key={field} className={isLong(value) ? 'long' : undefined}>
          <dt>{name(field)}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
};
