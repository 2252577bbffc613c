#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '..', 'dist', 'apps', 'cli', 'main.js');
if (!existsSync(main)) {
  process.stderr.write('Savoirs is not built yet: run `npm ci` or `npm run build` first.\n');
  process.exit(78);
}
require(main);
