/**
 * Writes the site's client from docs/openapi.json: the types of every route, the routes that take `?after=`, so that
 * whoever has just acted reads what they did, and the limits of a policy's numbers. Run before the site is compiled; what it writes is not committed.
 */
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const folder = join(root, 'apps', 'web', 'src', 'api', 'generated');

/** From where to where each number of a policy goes: `graceDays: [1, 3650]`. */
const policyLimits = ({ PolicyChangesDto, ThresholdsDto }) =>
  Object.fromEntries(
    Object.entries({ ...PolicyChangesDto.properties, ...ThresholdsDto.properties })
      .filter(([, { maximum }]) => maximum !== undefined)
      .map(([name, { minimum, maximum }]) => [name, [minimum, maximum]]),
  );

const main = async () => {
  const document = JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8'));
  const { default: openapi, astToString } = await import('openapi-typescript');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'schema.d.ts'), astToString(await openapi(document)));
  const withAfter = Object.entries(document.paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'after'))
    .map(([path]) => path);
  writeFileSync(join(folder, 'paths-with-after.json'), `${JSON.stringify(withAfter, null, 2)}\n`);
  writeFileSync(join(folder, 'policy-limits.json'), `${JSON.stringify(policyLimits(document.components.schemas), null, 2)}\n`);
};

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
