import type { Check } from '../runner/check';
import { testRebuildsCheck } from './planted';
import { playRebuilds } from './play';

export const rebuildsCheck: Check = {
  name: 'rebuilds',
  about: 'read models rebuilt and changed in version under read and write load, projectors killed midway: nobody notices; count: rebuilds',
  defaultCount: 200,
  logs: ['postgres'],
  sizes: { events: 10_000 },
  run: playRebuilds,
  selfTest: testRebuildsCheck,
};
