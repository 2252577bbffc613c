const { availableParallelism } = require('node:os');

/** Jest runs the TypeScript sources through swc; types are checked by `tsc`. */
module.exports = {
  testMatch: ['<rootDir>/{libs,apps,projections,test,bench}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/apps/web/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', require('./test/setup/swc-options')] },
  transformIgnorePatterns: ['/node_modules/(?!(jose|marked|oauth4webapi|oidc-provider|openid-client|uuid)/)'],
  globalSetup: '<rootDir>/test/setup/global-setup.js',
  globalTeardown: '<rootDir>/test/setup/global-teardown.js',
  testSequencer: '<rootDir>/test/setup/slow-first.js',
  // three for two cores: most suites wait for PostgreSQL, a browser or another process
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // a test that starts processes may take longer than five seconds on a busy machine
  testTimeout: 60_000,
};
