import { logContract } from '../log.contract';
import { MemoryLog } from './memory-log';

logContract('the log in memory', async () => ({ log: new MemoryLog() }));
