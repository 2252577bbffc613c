import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { contentRefusal, offerContentRefusal } from '../content-rules';
import { sameValue } from '../same-value';
import type { DraftedOffer, DraftedRequest } from '../vocabulary';
import type { MemberRefusal } from './member.refusals';
import {
  hasStanding,
  idsOf,
  isThemself,
  noStanding,
  type Applied,
  type KnownMember,
  type MemberCommandOf,
  type MemberDecision,
  type MemberState,
} from './member.state';

/** R6: oneself, or a facilitator on somebody's behalf, which waits for that person's word. */
const mayEnter = ({ data, by }: MemberCommandOf<'ApplyForMembership'>): boolean =>
  data.entry === 'self' ? by.role !== 'system' && by.id === data.memberId : by.role === 'facilitator' && by.id !== data.memberId;

export const applyForMembership = (command: MemberCommandOf<'ApplyForMembership'>, member: MemberState): MemberDecision => {
  const { data, at, network } = command;
  if (!mayEnter(command)) return refuse({ code: 'not-allowed' });
  if (member.status !== 'unknown') return appliedBefore(command, member);
  const confirmBy = data.entry === 'self' ? null : addDays(at, network.policy.entryOnBehalfDays);
  return accept({ type: 'MembershipRequested', data: { ...data, networkId: network.networkId, confirmBy } });
};

const appliedBefore = ({ data }: MemberCommandOf<'ApplyForMembership'>, member: KnownMember): MemberDecision => {
  if (member.status === 'left' || member.status === 'erased') return refuse(noStanding(member));
  const same =
    member.status === 'applied' &&
    sameValue([data.profile, data.offers, data.requests], [member.profile, member.offers, member.requests]) &&
    (data.entry === 'self') === (member.confirmBy === null);
  return same ? accept() : refuse({ code: 'member-exists' });
};

/** Accepted as it reads now, by the person; whoever is enrolled may accept a newer one. */
export const acceptCharter = (command: MemberCommandOf<'AcceptCharter'>, member: KnownMember): MemberDecision => {
  const { charterVersion } = command.data;
  const current = command.network.charterVersion;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (member.charterVersion === charterVersion && charterVersion > 0) return accept();
  if (member.status === 'left' || member.status === 'erased') return refuse(noStanding(member));
  if (current === 0) return refuse({ code: 'no-charter-yet' });
  if (charterVersion !== current) return refuse({ code: 'not-the-current-charter', current });
  return accept({ type: 'CharterAccepted', data: { ...idsOf(member), charterVersion } });
};

interface Sides {
  readonly offers: readonly DraftedOffer[];
  readonly requests: readonly DraftedRequest[];
}

/** R1: both sides, each fit to be published; R14 is declared by the author, so an entry on behalf cannot do it for them. */
const sidesRefusal = ({ offers, requests }: Sides): MemberRefusal | null => {
  if (offers.length === 0 || requests.length === 0) {
    const missing = offers.length > 0 ? 'request' : requests.length > 0 ? 'offer' : 'both';
    return { code: 'offer-and-request-needed', missing };
  }
  const ids = [...offers.map(({ offerId }) => offerId), ...requests.map(({ requestId }) => requestId)];
  if (new Set<string>(ids).size < ids.length) return { code: 'same-id-twice' };
  const refusals = [
    ...offers.map(({ content }) => offerContentRefusal(content)),
    ...requests.map(({ content }) => contentRefusal(content)),
  ];
  return refusals.find((refusal) => refusal !== null) ?? null;
};

const charterRefusal = ({ network }: MemberCommandOf<'EnrolMember'>, { charterVersion }: Applied): MemberRefusal | null => {
  if (network.charterVersion === 0) return { code: 'no-charter-yet' };
  return charterVersion === network.charterVersion ? null : { code: 'charter-not-accepted', current: network.charterVersion };
};

/** R1, by the person (R6): what they give now, or else what the application carried, is published from it. */
export const enrolMember = (command: MemberCommandOf<'EnrolMember'>, member: KnownMember): MemberDecision => {
  const { data, at, network } = command;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (hasStanding(member)) return accept();
  if (member.status !== 'applied') return refuse(noStanding(member));
  if (member.confirmBy !== null && at >= member.confirmBy) return refuse({ code: 'entry-window-ended' });
  const sides = {
    offers: data.offers.length > 0 ? data.offers : member.offers,
    requests: data.requests.length > 0 ? data.requests : member.requests,
  };
  const refusal = charterRefusal(command, member) ?? sidesRefusal(sides);
  if (refusal) return refuse(refusal);
  const { site, unit, languages } = member.profile;
  const { charterVersion } = member;
  const capacity = network.policy.defaultCapacity;
  return accept({ type: 'MemberEnrolled', data: { ...idsOf(member), site, unit, languages, charterVersion, capacity, ...sides } });
};
