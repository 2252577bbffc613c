/** The address cannot be used: one sentence that never quotes it, for it holds a password. Exit code 78 (docs/exit-codes.md). */
export class LogAddressError extends Error {
  readonly exitCode = 78;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'LogAddressError';
  }
}

const RIGHT = 'EVENTSTORE_URL is not an address of EventStoreDB or KurrentDB, as esdb://user:password@host:2113?tls=true';

/** What an address of such a log begins with: KurrentDB, as EventStoreDB is called since 25.0, has two more names for the same. */
const SCHEME = /^(?:esdb|kurrentdb|kdb)(?<discover>\+discover)?:\/\//;

export const isLogAddress = (text: string): boolean => SCHEME.test(text);

/** The only names that client 6.2.1 knows. One log has one address then, whichever name it was given by. */
export const addressForClient = (url: string): string => url.replace(SCHEME, 'esdb$<discover>://');

/** Behind its scheme. Without the "?": whoever has a user has a password too, and either writes `@ : / ? ,` of their own as %40 and the like. */
const ADDRESS = /^(?:[^\s@:/?,]+:[^\s@:/?,]+@)?(?<hosts>[^\s@/?,]+(?:,[^\s@/?,]+)*)\/?(?:\?(?<options>[^\s?]+))?$/;
const HOST = /^[\w.-]+(?::(?<port>\d{1,5}))?$/;

/** All that the client knows; of another it would print the whole address, password included. */
const OPTIONS: ReadonlySet<string> = new Set([
  ...['usercertfile', 'userkeyfile', 'maxdiscoverattempts', 'connectionname', 'defaultdeadline', 'discoveryinterval', 'gossiptimeout'],
  ...['nodepreference', 'tls', 'tlsverifycert', 'tlscafile', 'throwonappendfailure', 'keepaliveinterval', 'keepalivetimeout'],
]);

/** Checks what can be seen without a server, before the client sees it. @throws LogAddressError */
export const checkLogAddress = (url: string): void => {
  const { hosts, options } = ADDRESS.exec(url.replace(SCHEME, ''))?.groups ?? {};
  if (!isLogAddress(url) || hosts === undefined || !hosts.split(',').every(isHost)) throw new LogAddressError(`${RIGHT}.`);
  for (const option of options?.split('&') ?? []) checkOption(option);
  if (url.includes('@') && /(^|[\s,])(\*|esdb)/.test(process.env['DEBUG'] ?? ''))
    throw new LogAddressError('DEBUG would make the client write the password of EVENTSTORE_URL to the logs: unset it, or exclude esdb.');
};

const isHost = (host: string): boolean => {
  const found = HOST.exec(host);
  const port = Number(found?.groups?.['port'] ?? 2113);
  return found !== null && port > 0 && port < 65_536;
};

const checkOption = (option: string): void => {
  const [name = '', value = ''] = option.split('=');
  const key = name.toLowerCase().replace(/[_-]/g, '');
  if (!OPTIONS.has(key) || value === '') throw new LogAddressError(`${RIGHT}: it has an option that is none, or one without a value.`);
  if (key === 'throwonappendfailure' && value !== 'true')
    // findings/refused-append-revision.sh
    throw new LogAddressError('EVENTSTORE_URL sets throwOnAppendFailure=false, with which the client tells wrong revisions: leave it out.');
  if (key === 'tlsverifycert' && value !== 'true')
    throw new LogAddressError('EVENTSTORE_URL sets tlsVerifyCert=false, which the client cannot do: name your authority with tlsCAFile.');
};

/** The client's own complaint would quote the address. */
export const unreadableAddress = (): LogAddressError => new LogAddressError(`${RIGHT}, or names a certificate file that is missing.`);
