import { usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Card, Section, Tag } from '../../design/parts';
import { useExchangeTexts } from './texts';
import type { Evaluation, Exchange, Person } from './use-exchange';

const NOBODY: Person = { memberId: null, name: null, seen: 'hidden' };

/** Once unsealed: what each wrote, for those who took part and the mediator (R13, R15). */
export const Evaluations = ({
  exchange,
  people,
  ownId,
}: {
  readonly exchange: Exchange;
  readonly people: readonly Person[];
  readonly ownId: string;
}) => {
  const say = useExchangeTexts();
  return (
    <Section title={say('evaluations')}>
      <p className="small soft">{exchange.evaluations.length > 0 ? say('evaluations-hint') : say('evaluations-none')}</p>
      <ul role="list" className="columns">
        {exchange.evaluations.map((evaluation) => (
          <li key={evaluation.memberId}>
            <EvaluationCard
              {...{ evaluation, exchange, ownId }}
              person={people.find(({ memberId }) => memberId === evaluation.memberId) ?? NOBODY}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
};

const EvaluationCard = ({
  evaluation: { role, versions },
  exchange: { agreement },
  person,
  ownId,
}: {
  readonly evaluation: Evaluation;
  readonly exchange: Exchange;
  readonly person: Person;
  readonly ownId: string;
}) => {
  const say = useExchangeTexts();
  const words = useWords();
  const nameOf = usePersonName(ownId);
  const last = versions.at(-1);
  if (!last) return null;
  const criterion = (id: string): string => agreement.criteria.find(({ criterionId }) => criterionId === id)?.text ?? words('erased');
  return (
    <Card>
      <h3>{nameOf(person)}</h3>
      <div className="row">
        <Tag>{say(role)}</Tag>
        {versions.length > 1 ? <Tag>{say('amended')}</Tag> : null}
      </div>
      <dl className="facts">
        <dt>{say('overall')}</dt>
        <dd>{say('score', { score: last.overall })}</dd>
        {last.criteria.map(({ criterionId, score }) => (
          <Fact key={criterionId} name={criterion(criterionId)} value={say('score', { score })} />
        ))}
        {last.usable === null ? null : <Fact name={say('usable')} value={say('score', { score: last.usable })} />}
        <dt>{say('again')}</dt>
        <dd>{say(last.again ? 'yes' : 'no')}</dd>
      </dl>
      {last.comment ? <blockquote>{last.comment}</blockquote> : null}
    </Card>
  );
};

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
