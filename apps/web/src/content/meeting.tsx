import type { paths } from '../api/generated/schema';
import { useWords } from './words';

type OwnPage = paths['/networks/{networkId}/members/me']['get']['responses'][200]['content']['application/json'];
export type Meeting = OwnPage['meetings'][number];
export type OwnEntry = OwnPage['entries'][number];
export type Participant = Meeting['participants'][number];
export type Person = Pick<Participant, 'name' | 'seen' | 'memberId'>;

/** What people call one another: by name, once the rules let it be seen. */
export const usePersonName = (ownId: string | null | undefined): ((person: Person) => string) => {
  const words = useWords();
  return ({ name, seen, memberId }) => {
    if (memberId !== null && memberId === ownId) return words('you');
    return seen === 'named' && name !== null ? name : words(seen === 'erased' ? 'erased' : 'someone-hidden');
  };
};

/** What it is about, in the words of those who meet. */
export const topicOf = ({ participants }: Pick<Meeting, 'participants'>): string =>
  participants.find(({ topic }) => topic?.text)?.topic?.text ?? participants.find(({ wording }) => wording)?.wording ?? '…';
