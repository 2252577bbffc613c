/** What somebody enters a network with (R1). */
export const content = (wording: string, more: object = {}) => ({
  wording,
  topic: { text: 'Tableaux croisés dynamiques', uri: 'urn:savoirs:topic:spreadsheet-pivot-tables' },
  level: 'beginner',
  language: 'fr',
  place: 'either',
  site: 'LYON',
  availability: ['tue-am'],
  declaredProfessional: true,
  ...more,
});

export const entering = (name: string, offer: string, request: string) => ({
  profile: { name, email: `${name.toLowerCase()}@example.org`, site: 'LYON', unit: 'TRI', languages: ['fr'] },
  charterVersion: 1,
  offers: [content(offer)],
  requests: [{ ...content(request, { authorShown: true }), topic: { text: request, uri: null } }],
});
