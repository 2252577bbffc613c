import { ownData } from '#apps/api/openapi/answers/own-data';
import { eventSchemas } from '#event-store/codec/schemas';
import { EVENT_WORDS } from '../../../audit/event-words';
import { ownDataPage } from './own-data-page';
import { CODE_WORDS, FIELD_WORDS } from './own-data-words';

interface Walked {
  readonly fields: Set<string>;
  readonly codes: Set<string>;
}

/** Every field and code that a schema names. */
const walk = (schema: unknown, found: Walked): Walked => {
  if (typeof schema !== 'object' || schema === null) return found;
  const { properties, enum: codes, const: code } = schema as { properties?: object; enum?: readonly string[]; const?: unknown };
  for (const name of Object.keys(properties ?? {})) found.fields.add(name);
  for (const one of codes ?? []) found.codes.add(one);
  if (typeof code === 'string') found.codes.add(code);
  for (const [name, below] of Object.entries(schema)) if (name !== 'enum') walk(below, found);
  return found;
};

const nothing = (): Walked => ({ fields: new Set(), codes: new Set() });
const OWN_HISTORIES = Object.entries(eventSchemas).filter(([, { schema }]) =>
  ['memberId', 'offerId', 'requestId'].some((id) => Object.keys((schema['properties'] as object) ?? {}).includes(id)),
);

describe('one’s own data as a page (§7)', () => {
  it('has words in both languages for every field and code of the document, and for every event', () => {
    const { fields, codes } = walk(ownData['OwnData.export'], nothing());
    for (const [, { schema }] of OWN_HISTORIES.filter(([type]) => /^(Offer|Request|Member|Engagement|Erasure)/.test(type)))
      for (const one of walk(schema, nothing()).codes) codes.add(one);
    expect([...fields].filter((name) => !FIELD_WORDS[name])).toEqual([]);
    expect([...codes].filter((code) => !CODE_WORDS[code])).toEqual([]);
    expect(Object.keys(EVENT_WORDS).toSorted()).toEqual(Object.keys(eventSchemas).toSorted());
  });

  it('writes what people typed as they typed it, and times as the network has them', () => {
    const document = {
      readPosition: { recordedAt: '2026-07-01T22:30:00.000Z' },
      ...{ memberId: 'm', networkId: 'n', profile: { name: 'held', status: 'left', email: '<img src=x>' } },
      hours: [
        { date: '2026-03-02', role: 'giver', minutes: 60 },
        { date: '2026-03-03', role: 'learner', minutes: 30 },
      ],
    };
    const page = ownDataPage(document, { language: 'fr', timeZone: 'Europe/Paris' });
    for (const part of ['<dd>held</dd>', 'partie ou parti', '&#60;img src=x&#62;', '2 juillet 2026 à 00:30', '2 mars 2026', 'transmet'])
      expect(page).toContain(part);
    expect(page).toContain('<th scope="col">minutes</th>');
  });
});
