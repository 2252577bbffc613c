import type { Instant } from '#kernel/id';
import type { MemberId } from '#domain/ids';
import { ofType, type Fact, type FactOf } from './question';
import { distinct } from './sets';

const entriesAndExits = (facts: readonly Fact[]) =>
  ofType(facts, 'MemberEnrolled', 'MemberSuspended', 'ReciprocityRestored', 'MemberLeft', 'PersonalDataErased');

/** What lets somebody in, or out: of these members, or of all. Grace and pause change nothing (§5). */
export const membershipFacts = (facts: readonly Fact[], of?: readonly MemberId[]): readonly Fact[] =>
  entriesAndExits(facts).filter(({ data }) => of === undefined || of.includes(data.memberId));

export const isEnrolled = (facts: readonly Fact[], memberId: MemberId): boolean => {
  const last = entriesAndExits(facts).findLast(({ data }) => data.memberId === memberId);
  return last?.type === 'MemberEnrolled' || last?.type === 'ReciprocityRestored';
};

export const enrolled = (facts: readonly Fact[]): readonly MemberId[] => {
  const all = entriesAndExits(facts);
  return distinct(ofType(all, 'MemberEnrolled').map(({ data }) => data.memberId)).filter((memberId) => isEnrolled(all, memberId));
};

export const enrolledSince = (facts: readonly Fact[], memberId: MemberId): Instant | undefined =>
  ofType(facts, 'MemberEnrolled').findLast(({ data }) => data.memberId === memberId)?.meta.occurredAt;

export interface Home {
  readonly site: string;
  readonly unit: string;
}

/** What tells where somebody works. */
export const homeFacts = (facts: readonly Fact[], of?: readonly MemberId[]): readonly FactOf<'MemberEnrolled' | 'ProfileChanged'>[] =>
  ofType(facts, 'MemberEnrolled', 'ProfileChanged').filter(({ data }) => of === undefined || of.includes(data.memberId));

/** By the last that these facts tell of it. */
export const homeOf = (facts: readonly Fact[], memberId: MemberId): Home | undefined => {
  const last = homeFacts(facts, [memberId]).at(-1);
  return last?.type === 'ProfileChanged' ? last.data.profile : last?.data;
};

export interface Group {
  readonly code: string;
  readonly members: readonly MemberId[];
}

export const groupsOf = (facts: readonly Fact[], dimension: keyof Home, members: readonly MemberId[]): readonly Group[] => {
  const homes = members.map((memberId) => ({ memberId, code: homeOf(facts, memberId)?.[dimension] ?? '' }));
  const codes = [...new Set(homes.map(({ code }) => code))].sort();
  return codes.map((code) => ({ code, members: homes.filter((home) => home.code === code).map(({ memberId }) => memberId) }));
};
