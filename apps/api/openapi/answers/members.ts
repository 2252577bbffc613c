import type { Schema } from '../checked-schemas';
import { meeting } from './matches';
import {
  erasable,
  exchangeRole,
  id,
  language,
  level,
  list,
  next,
  one,
  orNull,
  shape,
  readPosition,
  text,
  time,
  described,
  whole,
  yesNo,
} from './shapes';

const content = shape({
  wording: erasable,
  topic: shape({ text: erasable, uri: orNull(text) }),
  level,
  language,
  place: one('site', 'remote', 'either'),
  site: orNull(text),
  availability: list(text),
  'firm?': described(list(one('topic', 'level', 'place', 'half-days')), 'What rounds may not bend for its author'),
  declaredProfessional: yesNo,
  'smallestGroup?': whole,
  'largestGroup?': whole,
  'authorShown?': yesNo,
});

const orErased = described(orNull(text), 'Null where their data is erased');

export const member = shape({
  kind: one('member'),
  networkId: id,
  memberId: id,
  status: one('applied', 'enrolled', 'paused', 'suspended', 'left', 'erased'),
  name: orErased,
  email: orErased,
  employeeNumber: described(orNull(text), 'By which the training system knows them; null where they gave none'),
  site: text,
  unit: text,
  languages: list(language),
  charterVersion: whole,
  capacity: whole,
  enrolledAt: orNull(time),
  pausedUntil: orNull(time),
  graceEndsAt: orNull(time),
  missing: orNull(one('offer', 'request', 'both')),
  engagements: list(shape({ matchId: id, role: exchangeRole })),
});

export const entry = shape({
  kind: one('offer', 'request'),
  id,
  networkId: id,
  memberId: id,
  status: described(
    text,
    'pending (written in your name, waiting for your word), draft, published, paused, review-due, lapsed, withdrawn, contested, taken-down, matched or met',
  ),
  uncontestedState: described(text, 'What it is beside a contest, and will be again where it is kept'),
  content,
  matchId: orNull(id),
});

const step = {
  at: time,
  by: described(one('member', 'data-protection-officer'), 'The member themself, or an officer'),
  byYou: described(yesNo, 'Whoever approves is somebody else than who asked (R19)'),
};

export const erasure = shape({
  memberId: id,
  asked: described(orNull(shape(step)), 'Null for an entry on behalf that nobody confirmed (R6)'),
  approved: orNull(shape(step)),
  held: described(orNull(shape({ ...step, until: time })), 'The last legal hold, over or not'),
  erased: orNull(shape({ at: time, ground: one('approved', 'entry-not-confirmed', 'retention') })),
});

const status = member.properties!.status as Schema;

/** Answers about members. */
export const members: Readonly<Record<string, Schema>> = {
  'Members.me': shape({ readPosition, member: orNull(member), entries: list(entry), meetings: list(meeting), next }),
  'Members.dormant': shape({
    readPosition,
    members: list(
      shape({
        memberId: id,
        lastActedIn: described(orNull(text), 'The month, as 2026-03: a time would tell what it was (R15)'),
        name: orErased,
        status: orNull(status),
      }),
    ),
    next,
  }),
  'Members.search': shape({
    readPosition,
    members: list(shape({ memberId: id, name: text, status, site: text, unit: text })),
    next,
  }),
  'Erasures.list': shape({ readPosition, erasures: list(erasure), next }),
  'Erasures.own': shape({ readPosition, erasure: orNull(erasure) }),
  'Members.identify': shape({ member: shape({ memberId: id, status, name: orErased, email: orErased }) }),
};
