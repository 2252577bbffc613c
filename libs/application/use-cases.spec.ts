import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@nestjs/cqrs';
import { handlers } from './use-cases';

/** What an aggregate's files export; `x.spec.ts` and the like are no use cases. */
const exportedFrom = async (folder: string): Promise<readonly unknown[]> => {
  const files = readdirSync(join(__dirname, folder)).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const modules = await Promise.all(files.map(async (file) => (await import(join(__dirname, folder, file))) as object));
  return modules.flatMap((module) => Object.values(module));
};
const isCommand = (exported: unknown): exported is { readonly name: string } =>
  typeof exported === 'function' && exported.prototype instanceof Command;

describe('the list of use cases', () => {
  it('has one handler for each command that an aggregate has', async () => {
    const folders = ['audit', 'exchange', 'incident', 'match', 'member', 'network', 'offer', 'request', 'retention', 'round'];
    const commands = (await Promise.all(folders.map(exportedFrom))).flat().filter(isCommand);
    const handled = handlers.map((handler) => Reflect.getMetadata('__commandHandler__', handler) as { readonly name: string });
    expect(commands.length).toBeGreaterThan(60);
    expect(handled.map(({ name }) => name).sort()).toEqual(commands.map(({ name }) => name).sort());
    expect(new Set(handled)).toEqual(new Set(commands));
  });
});
