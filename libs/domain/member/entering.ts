import { accept, refuse } from '#kernel/decider';
import { addDays } from '../calendar';
import { contentRefusal, declaredByAnother, offerContentRefusal } from '../content-rules';
import { saidBefore } from '../said-before';
import { sameValue } from '../same-value';
import type { Content, DraftedOffer, DraftedRequest } from '../vocabulary';
import type { MemberEvent } from './member.events';
import type { MemberRefusal } from './member.refusals';
import {
  isInNetwork,
  idsIn,
  idsOf,
  isThemself,
  notInNetwork,
  type Applied,
  type KnownMember,
  type MemberCommandOf,
  type MemberDecision,
  type MemberState,
  type Sides,
  type MemberInNetwork,
} from './member.state';

/** R6: oneself, or a facilitator on somebody's behalf, which waits for that person's word. */
const mayEnter = ({ data, by }: MemberCommandOf<'ApplyForMembership'>): boolean =>
  data.entry === 'self' ? by.role !== 'system' && by.id === data.memberId : by.role === 'facilitator' && by.id !== data.memberId;

export const applyForMembership = (command: MemberCommandOf<'ApplyForMembership'>, member: MemberState): MemberDecision => {
  const { data, at, network } = command;
  if (!mayEnter(command)) return refuse({ code: 'not-allowed' });
  const contents = [...data.offers, ...data.requests].map(({ content }) => content);
  const declared = declaredByAnother(contents, data.entry === 'self');
  if (declared) return refuse(declared);
  if (member.status !== 'unknown') return appliedBefore(command, member);
  const confirmBy = data.entry === 'self' ? null : addDays(at, network.policy.entryOnBehalfDays);
  return accept({ type: 'MembershipRequested', data: { ...data, networkId: network.networkId, confirmBy } });
};

const appliedBefore = ({ data }: MemberCommandOf<'ApplyForMembership'>, member: KnownMember): MemberDecision => {
  if (member.status === 'left' || member.status === 'erased') return refuse(notInNetwork(member));
  if (member.status !== 'applied') return refuse({ code: 'member-exists' });
  const toldIn = ({ profile, entry, offers, requests }: typeof data) => [profile, entry, offers, requests];
  return saidBefore(toldIn(member), toldIn(data), { code: 'member-exists' });
};

/** Accepted as it reads now, by the person; whoever is enrolled may accept a newer one. */
export const acceptCharter = (command: MemberCommandOf<'AcceptCharter'>, member: KnownMember): MemberDecision => {
  const { charterVersion } = command.data;
  const current = command.network.charterVersion;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (member.charterVersion === charterVersion && charterVersion > 0) return accept();
  if (member.status === 'left' || member.status === 'erased') return refuse(notInNetwork(member));
  if (current === 0) return refuse({ code: 'no-charter-yet' });
  if (charterVersion !== current) return refuse({ code: 'not-the-current-charter', current });
  return accept({ type: 'CharterAccepted', data: { ...idsOf(member), charterVersion } });
};

/** R1: both sides, each fit to be published. */
const sidesRefusal = ({ offers, requests }: Sides): MemberRefusal | null => {
  if (offers.length === 0 || requests.length === 0) {
    const missing = offers.length > 0 ? 'request' : requests.length > 0 ? 'offer' : 'both';
    return { code: 'offer-and-request-needed', missing };
  }
  const ids = idsIn({ offers, requests });
  if (new Set(ids).size < ids.length) return { code: 'same-id-twice' };
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

/** R6, R14: what they give now, or else what was written before, which they have read and declare. */
const sidesOf = ({ data }: MemberCommandOf<'EnrolMember'>, { offers, requests, confirmBy }: Applied): Sides => {
  const asRead = <Of extends Content>(content: Of): Of => {
    const byThemself = confirmBy === null && content.declaredProfessional;
    return { ...content, declaredProfessional: data.declared === true || byThemself };
  };
  return {
    offers: data.offers.length > 0 ? data.offers : offers.map((offer) => ({ ...offer, content: asRead(offer.content) })),
    requests: data.requests.length > 0 ? data.requests : requests.map((request) => ({ ...request, content: asRead(request.content) })),
  };
};

/** R22: what an enrolled person gives with it would be dropped, unless it is what they entered with. */
const enrolledBefore = ({ data }: MemberCommandOf<'EnrolMember'>, { profile, enteredWith }: MemberInNetwork): MemberDecision => {
  const entered = [...enteredWith.offers, ...enteredWith.requests];
  const isEntered = (draft: DraftedOffer | DraftedRequest): boolean => entered.some((other) => sameValue(other, draft));
  const same = [...data.offers, ...data.requests].every(isEntered) && (data.profile === undefined || sameValue(data.profile, profile));
  return same ? accept() : refuse({ code: 'already-enrolled' });
};

/** R1, by the person (R6): with the profile as they give it, where it was written for them before. */
export const enrolMember = (command: MemberCommandOf<'EnrolMember'>, member: KnownMember): MemberDecision => {
  const { data, at, network } = command;
  if (!isThemself(command, member)) return refuse({ code: 'not-allowed' });
  if (isInNetwork(member)) return enrolledBefore(command, member);
  if (member.status !== 'applied') return refuse(notInNetwork(member));
  if (member.confirmBy !== null && at >= member.confirmBy) return refuse({ code: 'entry-window-ended' });
  const sides = sidesOf(command, member);
  const refusal = charterRefusal(command, member) ?? sidesRefusal(sides);
  if (refusal) return refuse(refusal);
  const { profile = member.profile } = data;
  const { site, unit, languages } = profile;
  const { charterVersion } = member;
  const capacity = network.policy.defaultCapacity;
  const enrolled: MemberEvent = {
    type: 'MemberEnrolled',
    data: { ...idsOf(member), site, unit, languages, charterVersion, capacity, ...sides },
  };
  const changed: MemberEvent = { type: 'ProfileChanged', data: { ...idsOf(member), profile } };
  return sameValue(profile, member.profile) ? accept(enrolled) : accept<MemberEvent>(changed, enrolled);
};
