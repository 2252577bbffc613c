import type { OfferId, RequestId } from '#domain/ids';
import type { DraftedOffer, DraftedRequest, OfferContent, Profile, RequestContent } from '#domain/vocabulary';

const spreadsheets = { text: 'Tableaux croisés dynamiques', uri: 'https://example.org/topics/pivot-tables' };

export const offerContent = (changes: Partial<OfferContent> = {}): OfferContent => ({
  wording: 'Je montre les tableaux croisés dynamiques',
  topic: spreadsheets,
  level: 'practised',
  language: 'fr',
  place: 'either',
  site: 'LYO',
  availability: ['mon-am', 'thu-pm'],
  declaredProfessional: true,
  smallestGroup: 1,
  largestGroup: 3,
  ...changes,
});

export const requestContent = (changes: Partial<RequestContent> = {}): RequestContent => ({
  wording: 'Je voudrais résumer mes relevés',
  topic: spreadsheets,
  level: 'beginner',
  language: 'fr',
  place: 'either',
  site: 'LYO',
  availability: ['mon-am'],
  declaredProfessional: true,
  authorShown: false,
  ...changes,
});

export const offerId = (name: string): OfferId => name as OfferId;
export const requestId = (name: string): RequestId => name as RequestId;

export const draftedOffer = (id = 'offer-of-ana', changes: Partial<OfferContent> = {}): DraftedOffer => ({
  offerId: offerId(id),
  content: offerContent(changes),
});

export const draftedRequest = (id = 'request-of-ana', changes: Partial<RequestContent> = {}): DraftedRequest => ({
  requestId: requestId(id),
  content: requestContent(changes),
});

export const profile = (changes: Partial<Profile> = {}): Profile => ({
  name: 'Ana Example',
  email: 'ana@example.org',
  employeeNumber: 'E-0042',
  site: 'LYO',
  unit: 'MAIL',
  languages: ['fr'],
  ...changes,
});
