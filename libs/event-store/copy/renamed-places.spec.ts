import type { StreamName } from '#kernel/id';
import { anEvent } from '../contract/subject';
import { START, type EventToAppend, type Position } from '../log.port';
import { MemoryLog } from '../memory/memory-log';
import { renamedPlaces } from './renamed-places';

const { signal } = new AbortController();

describe('the places of a log in its copy', () => {
  const events = Array.from({ length: 6 }, (_, n) => anEvent({ data: `{"n":${n}}` }));
  const filled = async (given: readonly EventToAppend[]): Promise<MemoryLog> => {
    const log = new MemoryLog();
    for (const event of given) await log.append('exchange-1' as StreamName, 'any', [event]);
    return log;
  };
  const positions = async (log: MemoryLog): Promise<readonly Position[]> => {
    const all: Position[] = [];
    for await (const { position } of log.readAll({ after: START })) all.push(position);
    return all;
  };

  it('lie behind the same event: at the start, between, at the end, and beyond it', async () => {
    const [source, target] = [await filled(events), await filled(events)];
    const [there, here] = [await positions(source), await positions(target)];
    const beyond = there[5]!.replace(/^0/, '1') as Position;
    const renamed = await renamedPlaces({ source, target, places: [there[5]!, START, there[2]!, there[2]!, beyond], signal });
    expect(Object.fromEntries(renamed)).toEqual({ [START]: START, [there[2]!]: here[2], [there[5]!]: here[5], [beyond]: here[5] });
  });

  it('are refused where the logs are not equal, with the first event that differs', async () => {
    const other = [...events.slice(0, 3), anEvent({ data: '{"n":"other"}' }), ...events.slice(4)];
    const asked = async (target: readonly EventToAppend[]) =>
      renamedPlaces({ source: await filled(events), target: await filled(target), places: [], signal });
    await expect(asked(other)).rejects.toThrow('the first difference is at event 4');
    await expect(asked(events.slice(0, 5))).rejects.toThrow('the first difference is at event 6');
    await expect(asked([...events, anEvent()])).rejects.toThrow('the first difference is at event 7');
    await expect(asked(events)).resolves.toEqual(new Map());
  });
});
