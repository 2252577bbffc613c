import { Fragment } from 'react';
import { Id } from '../../content/id';
import { useRoleWords } from '../../content/role-words';
import { day } from '../../i18n/format';
import type { Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';

/** Whose exchange it is, by ids: who is behind one is another look, with a motive of its own. */
export const People = ({ people, textsErasedAt }: Pick<Replayed, 'people' | 'textsErasedAt'>) => {
  const say = useReplayTexts();
  const roleIn = useRoleWords();
  return (
    <dl className="facts">
      {people.map(({ memberId, role, erasedAt }) => (
        <Fragment key={`${memberId} ${role}`}>
          <dt>{role === 'mediator' ? roleIn(role) : say(role)}</dt>
          <dd>
            <Id id={memberId} /> {erasedAt === null ? null : <span className="soft">{say('erased', { on: day(erasedAt) })}</span>}
          </dd>
        </Fragment>
      ))}
      {textsErasedAt === null ? null : (
        <>
          <dt>{say('texts')}</dt>
          <dd>{say('texts-erased', { on: day(textsErasedAt) })}</dd>
        </>
      )}
    </dl>
  );
};
