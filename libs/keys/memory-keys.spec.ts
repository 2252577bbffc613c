import { keysContract } from './keys.contract';
import { memoryKeys } from './memory-keys';

keysContract('memory', async () => memoryKeys());
