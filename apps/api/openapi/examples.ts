import type { Schema, Schemas } from './checked-schemas';

const ID = '5d4e2f60-9a3c-4b7e-8f21-0c6d1e2a3b4c';

/** Made-up content, by the name of a field; the names are the domain's, so one example fits wherever the name stands. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  name: 'Ana Martin',
  email: 'ana.martin@example.org',
  site: 'LYON',
  unit: 'TRI',
  label: 'Réseau de Lyon',
  timeZone: 'Europe/Paris',
  wording: 'Construire un tableau croisé dynamique',
  uri: 'urn:savoirs:topic:spreadsheet-pivot-tables',
  content: 'Tableaux croisés, sur ses propres fichiers',
  method: 'Deux séances côte à côte, puis un essai seul',
  place: 'Salle 12',
  text: 'Savoir construire un tableau seul',
  fr: 'Chacun offre et demande.',
  en: 'Everybody offers and asks.',
  comment: 'Très clair',
  example: 'Le tableau de suivi de l’équipe',
  motive: 'Contrôle annuel',
  reason: 'Empêchement',
  note: 'À revoir dans un mois',
  action: 'Un rappel de la charte',
  trainingLabel: 'formation de proximité',
  subject: 'exchange',
  target: 'directory',
  indicator: 'satisfaction',
  cell: 'network',
  start: '2026-03-03T09:00:00Z',
  until: '2026-06-01T00:00:00Z',
  asOf: '2026-03-01T00:00:00Z',
  graceDays: 90,
};

const scalar = (schema: Schema): unknown => {
  if (schema.enum) return schema.enum[0];
  if (schema.format === 'uuid') return ID;
  if (schema.format === 'date-time') return '2026-03-03T09:00:00Z';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  return 'Texte';
};

const SIZES: Readonly<Record<string, unknown>> = { minutes: 60, capacity: 2, charterVersion: 1, overall: 5, score: 5, usable: 4, seed: 7 };

/** A place in the log or in a list: known from an answer alone. */
const FROM_ANSWERS = ['after', 'cursor'];

/** One body that would pass: what is required, and of what may be left out the first two fields. */
export const exampleOf = (schema: Schema, schemas: Schemas, name = ''): unknown => {
  const ref = (schema.allOf?.[0] ?? schema) as { readonly $ref?: string };
  if (ref.$ref) return exampleOf(schemas[ref.$ref.slice('#/components/schemas/'.length)] as Schema, schemas, name);
  if (schema.type === 'array') {
    const count = Math.max(1, schema.minItems ?? 0);
    return Array.from({ length: count }, () => exampleOf(schema.items as Schema, schemas, name));
  }
  if (schema.type === 'object' && schema.properties) {
    const optional = Object.keys(schema.properties).filter((key) => !schema.required?.includes(key) && !FROM_ANSWERS.includes(key));
    const shown = new Set([...(schema.required ?? []), ...optional.slice(0, 2)]);
    const fields = Object.entries(schema.properties).filter(([key]) => shown.has(key));
    return Object.fromEntries(fields.map(([key, field]) => [key, exampleOf(field as Schema, schemas, key)]));
  }
  if (schema.type === 'object') return { 'site:LYON': 120 };
  const byName = schema.enum || schema.format === 'uuid' ? undefined : (SIZES[name] ?? BY_NAME[name]);
  return byName ?? scalar(schema);
};
