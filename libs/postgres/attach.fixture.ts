import { openPostgres } from './connect';

/** For tests: a process of its own that attaches to a data folder, says so, and leaves when its standard input ends. */
const attach = async (folder: string): Promise<void> => {
  const handle = await openPostgres({ kind: 'embedded', folder, serverOptions: { fsync: 'off' } }, { notice: () => undefined });
  process.stdin.resume().once('end', () => void handle.release());
  process.stdout.write('attached\n');
};

void attach(process.argv[2] ?? '');
