import type { MemberEvent } from '#domain/member/member.events';
import type { Recorded } from '#kernel/message';
import { event } from '#testing/examples/example-event';
import { exampleMeta } from '#testing/event-examples';
import { directory, type AuthorRow, type DirectoryEvent } from '../directory/directory.projection';
import { foldMember, type PoolMember } from './member.fold';

type StandingFact =
  'MembershipRequested' | 'MemberEnrolled' | 'MemberPaused' | 'MemberResumed' | 'ReciprocityRestored' | 'MemberSuspended' | 'MemberLeft';

const { memberId } = event('MemberEnrolled').data;
const recorded = (story: readonly StandingFact[]): readonly Recorded<MemberEvent>[] =>
  story.map(
    (type, index) => ({ ...event(type), data: { ...event(type).data, memberId }, meta: exampleMeta(index + 1) }) as Recorded<MemberEvent>,
  );

/** Entered, then the story. */
const inPool = (...story: readonly StandingFact[]) =>
  recorded(['MemberEnrolled', ...story]).reduce<PoolMember | undefined>((row, each) => foldMember(row, each) ?? undefined, undefined)
    ?.unavailable;
const inDirectory = (...story: readonly StandingFact[]) =>
  recorded(['MembershipRequested', 'MemberEnrolled', ...story]).reduce<AuthorRow | undefined>(
    (row, each) => directory.evolve(row, each as Recorded<DirectoryEvent>, `member/${memberId}`).row as AuthorRow,
    undefined,
  )?.away;

describe('whoever publishes again what was missing', () => {
  it.each([
    [['MemberPaused', 'ReciprocityRestored'], 'paused'],
    [['MemberPaused', 'ReciprocityRestored', 'MemberResumed'], null],
    [['MemberSuspended', 'ReciprocityRestored'], null],
    [['MemberLeft'], 'outside'],
  ] as const)('is in no new proposal and not in the directory while paused: %j gives %s (R2, R16)', (story, away) => {
    expect({ pool: inPool(...story), directory: inDirectory(...story) }).toEqual({ pool: away, directory: away });
  });
});
