import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { aStream, events } from '../../contract/subject';
import { addressForClient, checkLogAddress, LogAddressError } from './address';
import { EventStoreDbLog } from '../eventstoredb-log';

const SECRET = 'hunter2';

describe('an address of EventStoreDB or KurrentDB', () => {
  it.each([
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://node',
    `esdb://admin:${SECRET}@node1:2113,node2:2113,node3:2113?tls=true&nodePreference=leader`,
    `esdb+discover://admin:${SECRET}%40x@cluster.example.org/?tlsCAFile=%2Fetc%2Fca.pem&keep_alive_interval=10000`,
  ])('may be %s', (url) => {
    expect(() => checkLogAddress(url)).not.toThrow();
    expect(addressForClient(url)).toBe(url);
  });

  it.each(['kurrentdb', 'kdb'])(
    'may begin with %s, alone or with +discover, which the client knows by an older name (case 50)',
    (scheme) => {
      const rest = `admin:${SECRET}%40x@node1:2113,node2:2113?tlsCAFile=%2Fetc%2Fca.pem`;
      for (const discover of ['', '+discover']) {
        expect(() => checkLogAddress(`${scheme}${discover}://${rest}`)).not.toThrow();
        expect(addressForClient(`${scheme}${discover}://${rest}`)).toBe(`esdb${discover}://${rest}`);
      }
    },
  );

  it('is that of one log, whichever name it is given by: a process has one appending client for it (case 50)', async () => {
    const double = await EventStoreDbDouble.start();
    const logs = await Promise.all(['esdb', 'kurrentdb', 'kdb'].map((name) => EventStoreDbLog.open(double.url.replace('esdb', name))));
    for (const log of logs) await log.append(aStream(), 'none', events(1));
    expect(double.node.calls.batchAppend).toBe(1);
    await Promise.all(logs.map((log) => log.close()));
    await double.stop();
  });

  it.each([
    '',
    `postgresql://admin:${SECRET}@node:2113`,
    `kurrentdbs://admin:${SECRET}@node:2113`,
    `kurrentdb+discovery://admin:${SECRET}@node:2113`,
    `esdb:admin:${SECRET}@node:2113`,
    `esdb://esdb://admin:${SECRET}@node:2113`,
    `kdb://admin:${SECRET}@node:2113?tls`,
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
