/**
 * Puts `savoirs` where `npx savoirs` looks. Named as `bin` in package.json, npm 11 would install this project into a cache of its own
 * first, and fail; npm 10 would do so at every change.
 */
const { chmodSync, mkdirSync, rmSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '..', 'node_modules', '.bin');
chmodSync(join(__dirname, 'savoirs.js'), 0o755);
mkdirSync(folder, { recursive: true });
rmSync(join(folder, 'savoirs'), { force: true });
symlinkSync('../../bin/savoirs.js', join(folder, 'savoirs'));
