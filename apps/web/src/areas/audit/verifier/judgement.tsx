import { Id } from '../../../content/id';
import { Notice, Scrollable, Tag } from '../../../design/parts';
import { list, number } from '../../../i18n/format';
import { History } from '../history';
import type { Finding } from './finding';
import type { NotProven, Proven } from './judge';
import { useVerifierTexts } from './verifier-texts';

interface JudgementProps<Of> {
  readonly file: string;
  readonly of: Of;
}

/** One sentence, and what it rests on. */
export const Judgement = ({ file, of, isKnown }: JudgementProps<Proven | NotProven> & { readonly isKnown: boolean }) =>
  of.verdict === 'proven' ? <ProvenFile file={file} of={of} isKnown={isKnown} /> : <RefusedFile file={file} of={of} />;

/** What it proves, and what it does not. */
const useSentence = ({ log, witnesses, size, events, withheld, histories }: Proven, isKnown: boolean): string => {
  const say = useVerifierTexts();
  return say('sentence', {
    origin: log.name,
    events: say('events', { count: events }),
    withheld: withheld === 0 ? '' : say('withheld', { count: withheld }),
    histories: say('histories', { count: histories.length }),
    size: number(size),
    signers: witnesses.length === 0 ? say('signed-alone') : say('signed-with', { names: list(witnesses.map(({ name }) => name)) }),
    whose: isKnown ? '' : say('whose'),
  });
};

const ProvenFile = ({ file, of, isKnown }: JudgementProps<Proven> & { readonly isKnown: boolean }) => {
  const say = useVerifierTexts();
  const sentence = useSentence(of, isKnown);
  return (
    <>
      <Notice>
        <p>
          <strong>{say('proven', { file })}</strong>
        </p>
        <p>{sentence}</p>
      </Notice>
      <dl className="facts">
        <dt>{say('key')}</dt>
        <dd>
          <Id id={of.log.text} isWhole /> <Tag tone={isKnown ? 'accent' : 'warn'}>{say(isKnown ? 'key-known' : 'key-taken')}</Tag>
        </dd>
        {of.witnesses.length > 0 ? <dt>{say('witnesses')}</dt> : null}
        {of.witnesses.map(({ text }) => (
          <dd key={text}>
            <Id id={text} isWhole />
          </dd>
        ))}
      </dl>
      <Histories of={of} />
    </>
  );
};

const Histories = ({ of: { histories } }: { readonly of: Proven }) => {
  const say = useVerifierTexts();
  return (
    <Scrollable label={say('table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('history')}</th>
            <th scope="col" className="number">
              {say('count')}
            </th>
            <th scope="col">{say('extent')}</th>
          </tr>
        </thead>
        <tbody>
          {histories.map(({ stream, events, isWhole }) => (
            <tr key={stream}>
              <th scope="row">
                <History of={stream} />
              </th>
              <td className="number">{number(events)}</td>
              <td>{say(isWhole ? 'whole' : 'gaps')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
};

const RefusedFile = ({ file, of: { findings, events } }: JudgementProps<NotProven>) => {
  const say = useVerifierTexts();
  return (
    <Notice tone="bad">
      <p>
        <strong>{say('refused', { file })}</strong>
      </p>
      <p>{say('found', { count: findings.length })}</p>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.field} ${finding.fault}`}>
            <Located finding={finding} events={events} />
          </li>
        ))}
      </ul>
    </Notice>
  );
};

const EVENT_FIELD = /^events\[(\d+)\]/;

/** Which event, and which field of it. */
const Located = ({ finding: { field, fault }, events }: { readonly finding: Finding; readonly events: NotProven['events'] }) => {
  const say = useVerifierTexts();
  const at = EVENT_FIELD.exec(field)?.[1];
  const event = at === undefined ? undefined : events[Number(at)];
  const place = Number(at) + 1;
  return (
    <>
      <code>{field}</code>
      {at === undefined ? null : ` (${event ? say('of-event', { place, ordinal: event.ordinal }) : say('of-place', { place })})`}{' '}
      {say(fault)}
    </>
  );
};
