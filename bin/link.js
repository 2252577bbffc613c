/** Puts `savoirs` where `npx savoirs` looks first: npm links the commands of packages, and this project's own it does not. */
const { chmodSync, mkdirSync, rmSync, symlinkSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '..', 'node_modules', '.bin');
chmodSync(join(__dirname, 'savoirs.js'), 0o755);
mkdirSync(folder, { recursive: true });
rmSync(join(folder, 'savoirs'), { force: true });
symlinkSync('../../bin/savoirs.js', join(folder, 'savoirs'));
