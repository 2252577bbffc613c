import { dumpFolded, foldInMemory } from './in-memory-fold';
import type { AnyReadModel } from '../read-model';
import { hoursModel, testLog } from '../testing/hours-log';

const model = hoursModel as AnyReadModel;

describe('the fold in memory', () => {
  it('lets a deleted row go with what it rested on, and begin anew', async () => {
    const source = testLog();
    const ids: string[] = [];
    for (const type of ['TrainingHoursRecorded', 'TrainingHoursRecorded', 'EngagementReleased', 'TrainingHoursRecorded'] as const) {
      ids.push((await source.write(type, 'exchange-1', { memberId: 'ana' as never })).eventId);
    }
    const events = await source.events();
    const { rows, evidence } = foldInMemory(model, events);
    expect(rows.get('ana')).toMatchObject({ sessions: ['session-1'] });
    expect([...evidence]).toEqual([['ana', [ids[3]]]]);
    const { rows: none, evidence: nothing } = foldInMemory(model, events.slice(0, 3));
    expect([none.size, nothing.size]).toEqual([0, 0]);
  });

  it('names an event once, however often a fold does', async () => {
    const source = testLog();
    const { eventId } = await source.write('TrainingHoursRecorded', 'exchange-1', { memberId: 'ana' as never });
    const twice = {
      ...model,
      projection: { ...model.projection, evolve: () => ({ row: 1, evidence: [eventId, eventId] }) },
    } as AnyReadModel;
    expect(dumpFolded(twice, foldInMemory(twice, await source.events()))).toEqual([
      `{"evidence":["${eventId}"],"key":"ana","name":"hours-by-member","row":1,"version":1}`,
    ]);
  });
});
