import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands for the compiler: writes its record whether or not it finds a fault, as that does. */
const COMPILER = `
  const { appendFileSync, mkdirSync, readFileSync } = require('node:fs');
  mkdirSync('dist', { recursive: true });
  appendFileSync('dist/.tsbuildinfo', 'built ');
  process.exitCode = readFileSync('libs/one.ts', 'utf8') === 'faulty' ? 1 : 0;
`;

describe('npm start, before it starts', () => {
  let folder: string;
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  const builds = (): number => readFileSync(join(folder, 'dist/.tsbuildinfo'), 'utf8').split(' ').length - 1;
  const before = () => ({ code: spawnSync(process.execPath, [join(folder, 'bin/build-when-changed.js')]).status, builds: builds() });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-build-'));
    cpSync(join(__dirname, '../../bin'), join(folder, 'bin'), { recursive: true });
    mkdirSync(join(folder, 'libs'));
    write('libs/one.ts', 'sound');
    write('compiler.js', COMPILER);
    write('package.json', JSON.stringify({ scripts: { build: 'node compiler.js && node bin/link.js' } }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['libs/one.ts', 'nest-cli.json', 'tsconfig.build.json', 'package-lock.json'])(
    'compiles where %s changed, and only then',
    (path) => {
      expect(before()).toEqual({ code: 0, builds: 1 });
      expect(before()).toEqual({ code: 0, builds: 1 });
      write(path, 'changed');
      expect(before()).toEqual({ code: 0, builds: 2 });
      expect(before()).toEqual({ code: 0, builds: 2 });
    },
  );

  it('starts nothing old after a build that failed, however often it is asked', () => {
    expect(before()).toEqual({ code: 0, builds: 1 });
    write('libs/one.ts', 'faulty');
    expect(before()).toEqual({ code: 1, builds: 2 });
    expect(before()).toEqual({ code: 1, builds: 3 });
    write('libs/one.ts', 'sound');
    expect(before()).toEqual({ code: 0, builds: 4 });
  });

  it('compiles where what was compiled is gone', () => {
    expect(before()).toEqual({ code: 0, builds: 1 });
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(before()).toEqual({ code: 0, builds: 1 });
    expect(before()).toEqual({ code: 0, builds: 1 });
  });
});
