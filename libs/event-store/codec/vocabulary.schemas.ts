import type { MemberId, OfferId, RequestId } from '#domain/ids';
import { Type } from '@sinclair/typebox';
import { code, count, flag, id, list, nullable, oneOf, personal, record, uri, type PersonalMark } from './schema-kit';

export const language = () => oneOf('fr', 'en');
export const level = () => oneOf('beginner', 'practised', 'advanced');
export const exchangeRole = () => oneOf('giver', 'learner');
const halfDay = () => oneOf('mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm', 'fri-am', 'fri-pm');

export const bend = () => oneOf('topic', 'level', 'place', 'half-days');

const content = (author: PersonalMark) => ({
  wording: personal(author),
  topic: record({ text: personal(author), uri: nullable(uri()) }),
  level: level(),
  language: language(),
  place: oneOf('site', 'remote', 'either'),
  site: nullable(code()),
  availability: list(halfDay()),
  firm: Type.Optional(list(bend())),
  declaredProfessional: flag(),
});

export const offerContent = (author: PersonalMark) => record({ ...content(author), smallestGroup: count(), largestGroup: count() });
export const requestContent = (author: PersonalMark) => record({ ...content(author), authorShown: flag() });
export const draftedOffers = (author: PersonalMark) => list(record({ offerId: id<OfferId>(), content: offerContent(author) }));
export const draftedRequests = (author: PersonalMark) => list(record({ requestId: id<RequestId>(), content: requestContent(author) }));

const profileFields = (person: PersonalMark) => ({
  name: personal(person),
  email: personal(person),
  site: code(),
  unit: code(),
  languages: list(language()),
});

export const profileWithoutNumber = (person: PersonalMark) => record(profileFields(person));
export const profile = (person: PersonalMark) => record({ ...profileFields(person), employeeNumber: nullable(personal(person)) });

export const participant = () =>
  Type.Union([
    record({ memberId: id<MemberId>(), role: Type.Literal('giver'), offerId: id<OfferId>() }),
    record({ memberId: id<MemberId>(), role: Type.Literal('learner'), requestId: id<RequestId>() }),
  ]);
export const participants = () => list(participant());

export const presence = () => record({ memberId: id<MemberId>(), role: exchangeRole(), minutesOutside: count() });
