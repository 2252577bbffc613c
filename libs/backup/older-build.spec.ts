import { aFolder, anEmptyDatabase, aPlace, aProcess, backUp, fill, restoreTo } from './place.fixture';

it('a backup by a build from before the first release restores: its read tables’ last step is an older one', async () => {
  const [source, target, folder] = [await aPlace(), await anEmptyDatabase(), aFolder()];
  try {
    await fill(source, ['ana']);
    await aProcess(source, 'withdrawal');
    await source.pool.query(`update read.migration set name = '0013-erasures'`);
    await backUp(source, folder.path);
    await restoreTo(target.url, folder.path);
    const { rows } = await target.pool.query(`select name from read.projection union all select name from read.migration`);
    expect(rows).toEqual([{ name: 'process/withdrawal' }, { name: '0014-initial' }]);
  } finally {
    folder.remove();
    await source.log.close();
    await source.drop();
    await target.drop();
  }
});
