import type { paths } from '../api/generated/schema';
import { day } from '../i18n/format';
import { useErasureWords } from './erasure-words';

export type Erasure = paths['/networks/{networkId}/erasures']['get']['responses'][200]['content']['application/json']['erasures'][number];

/** A hold that has not ended yet: until then nothing is approved, and nothing erased (R19). */
export const isHeld = ({ held, erased }: Erasure): boolean => !erased && held !== null && Date.parse(held.until) > Date.now();

/** Who asked and when, who approved, until when it is held, when it was done. */
export const ErasureState = ({ erasure }: { readonly erasure: Erasure }) => {
  const say = useErasureWords();
  const { asked, approved, held, erased } = erasure;
  const askedBy = (step: NonNullable<Erasure['asked']>) =>
    step.byYou ? 'asked-you' : step.by === 'member' ? 'asked-member' : 'asked-officer';
  const unasked = erased?.ground === 'retention' ? 'left-long-ago' : 'unasked';
  const isOpen = erased === null;
  return (
    <ul className="steps-done">
      <li>{asked ? say(askedBy(asked), { day: day(asked.at) }) : say(unasked)}</li>
      {held && isOpen ? <li>{say(isHeld(erasure) ? 'held' : 'hold-over', { day: day(held.until) })}</li> : null}
      {approved ? <li>{say(approved.byYou ? 'approved-you' : 'approved-officer', { day: day(approved.at) })}</li> : null}
      {isOpen && !approved ? <li>{say('waits')}</li> : null}
      {isOpen && approved && !isHeld(erasure) ? <li>{say('under-way')}</li> : null}
      {erased ? <li>{say('done', { day: day(erased.at) })}</li> : null}
    </ul>
  );
};
