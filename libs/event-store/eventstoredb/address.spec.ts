import { checkLogAddress, LogAddressError } from './address';
import { EventStoreDbLog } from './eventstoredb-log';

const SECRET = 'hunter2';

describe('an address of EventStoreDB', () => {
  it.each([
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://node',
    `esdb://admin:${SECRET}@node1:2113,node2:2113,node3:2113?tls=true&nodePreference=leader`,
    `esdb+discover://admin:${SECRET}%40x@cluster.example.org/?tlsCAFile=%2Fetc%2Fca.pem&keep_alive_interval=10000`,
  ])('may be %s', (url) => {
    expect(() => checkLogAddress(url)).not.toThrow();
  });

  it.each([
    '',
    `postgresql://admin:${SECRET}@node:2113`,
    `esdb://admin:${SECRET}@`,
    `esdb://${SECRET}@node:2113`,
    `esdb://admin:${SECRET}:x@node:2113`,
    `esdb://admin:${SECRET}@node:two`,
    `esdb://admin:${SECRET}@node:99999`,
    `esdb://admin:${SECRET}@node:2113,`,
    `esdb://admin:${SECRET}@node:2113?tls`,
    `esdb://admin:${SECRET}@node:2113?tsl=true`,
    `esdb://admin:${SECRET}@node:2113?tlsVerifyCert=false`,
    `esdb://admin:${SECRET}@node:2113?throwOnAppendFailure=false`,
    `esdb://admin:${SECRET}@node:2113?tls=perhaps`,
    `esdb://admin:${SECRET}@node:2113?tlsCAFile=%2Fnowhere%2Fca.pem`,
    `esdb://admin:%zz${SECRET}@node:2113`,
  ])('is refused in one sentence that names the setting and quotes nothing: %s', async (url) => {
    const said = (['warn', 'error', 'log'] as const).map((kind) => jest.spyOn(console, kind).mockImplementation(() => undefined));
    const fault: unknown = await EventStoreDbLog.open(url).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(LogAddressError);
    const { message, exitCode } = fault as LogAddressError;
    expect([exitCode, message]).toEqual([78, expect.stringMatching(/^[^\n]*EVENTSTORE_URL[^\n]*\.$/)]);
    expect(message).not.toContain(SECRET);
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
