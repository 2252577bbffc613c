import type { Check } from '../check';
export const determinismCheck: Check = {
  name: 'determinism',
  about: 'x',
  defaultCount: 1,
  logs: ['postgres'],
  sizes: { members: 120, months: 3 },
  run: async () => ({ counts: {}, figures: {}, findings: [] }),
  selfTest: async () => [],
};
