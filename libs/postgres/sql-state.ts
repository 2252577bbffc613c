/** PostgreSQL's SQLSTATE codes that somebody here acts upon. */
const CODES = {
  wrongPassword: '28P01',
  wrongUser: '28000',
  unknownDatabase: '3D000',
  unknownSchema: '3F000',
  unknownTable: '42P01',
  uniqueViolation: '23505',
  serializationFailure: '40001',
  deadlock: '40P01',
  notPermitted: '42501',
  alreadyThere: '42710',
  diskFull: '53100',
  tooManyConnections: '53300',
  lockNotAvailable: '55P03',
  startingOrStopping: '57P03',
} as const;

/** The code that a fault bears, PostgreSQL's or the socket's; empty where it bears none. */
export const codeOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';

export const isSqlState = (fault: unknown, ...states: readonly (keyof typeof CODES)[]): boolean =>
  states.some((state) => CODES[state] === codeOf(fault));
