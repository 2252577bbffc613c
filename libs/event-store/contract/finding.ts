import { aStream, anEvent, idsOf, type Subject } from './subject';

/** Run, too, by what finds in the place of a log that cannot. */
export const finding = (subject: Subject): void => {
  it('finds events by their ids, where it can: in the order of the log, each once', async () => {
    const { log } = subject();
    const [one, two, three] = [anEvent(), anEvent(), anEvent()];
    await log.append(aStream('exchange'), 'none', [one, two]);
    await log.append(aStream('member'), 'none', [three]);
    const sought = [three, anEvent(), one, three].map(({ eventId }) => eventId);
    const found = await log.find?.(sought);
    expect(found && idsOf(found)).toEqual(log.find && idsOf([one, three]));
    expect(found?.map(({ stream, revision }) => `${stream.split('-')[0]}/${revision}`)).toEqual(log.find && ['exchange/0', 'member/0']);
  });
};
