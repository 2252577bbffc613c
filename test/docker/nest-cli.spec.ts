import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isThere = (...path: readonly string[]): boolean => existsSync(join(root, ...path));

interface Program {
  readonly root: string;
  readonly sourceRoot: string;
  readonly entryFile: string;
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}
const settings = JSON.parse(read('nest-cli.json')) as Program & { readonly projects: Readonly<Record<string, Program>> };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('nest-cli.json', () => {
  it('names each program there is', () => {
    expect(Object.keys(settings.projects).sort()).toEqual(
      readdirSync(join(root, 'apps')).filter((name) => isThere('apps', name, 'main.ts')),
    );
  });

  it.each([['without a name', settings], ...Object.entries(settings.projects)])(
    'starts the program %s from files that are there',
    (_, program) => {
      expect(isThere(program.root)).toBe(true);
      expect(isThere(program.sourceRoot, `${program.entryFile}.ts`)).toBe(true);
      expect(isThere('dist', program.sourceRoot, `${program.entryFile}.js`)).toBe(true);
      expect(program.compilerOptions['tsConfigPath']).toBe('tsconfig.build.json');
    },
  );

  it('is what each build goes by: at npm ci, at npm start, in the gate', () => {
    expect(scripts['build']).toMatch(/^nest build &&/);
    expect(scripts['prepare']).toBe('npm run -s build');
    expect(read('bin/build-when-changed.js')).toMatch(/'nest-cli.json'[^]*\['run', '-s', 'build'\]/);
    expect(read('test/run-all.js')).toContain("node('bin/build-when-changed.js')");
  });

  it('keeps what was compiled, to compile what changed, and adds nothing to it', () => {
    expect(settings.compilerOptions).toMatchObject({ builder: 'tsc', webpack: false, deleteOutDir: false });
    expect(read('tsconfig.build.json')).toContain('"noEmitOnError": true');
    // schemas of the API are made from class-validator's rules, not by the plugin of @nestjs/swagger
    for (const { compilerOptions } of [settings, ...Object.values(settings.projects)])
      expect(compilerOptions).not.toHaveProperty('plugins');
  });
});
