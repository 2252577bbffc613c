const { default: Sequencer } = require('@jest/test-sequencer');

/** Where suites start servers, browsers or other processes, the longest first: begun last, one of them would keep the rest waiting. */
const SLOW = ['test/checks/', 'apps/demo/', 'test/web/', 'apps/cli/', 'test/e2e/', 'libs/backup/', 'apps/'].map((folder) => `/${folder}`);

const rankOf = (path) => {
  const rank = SLOW.findIndex((folder) => path.includes(folder));
  return rank < 0 ? SLOW.length : rank;
};

/** A clean checkout has no durations of an earlier run; Jest would go by the size of files. */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one.path) - rankOf(other.path));
  }
};
