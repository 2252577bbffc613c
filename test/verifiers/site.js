/**
 * The site's verifier of evidence, in Node, whose WebCrypto is the browser's: reads paths from stdin, answers "ok" or
 * "refused: FIELD: FAULT" for each, in one line, as verify.py --lines does. It is compiled by what makes the site.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const VERIFIER = join(__dirname, '..', '..', 'apps', 'web', 'src', 'areas', 'audit', 'verifier', 'judge.ts');

const answerOf = ({ verdict, findings }) => {
  if (verdict === 'refused') return `refused: ${findings[0].field}: ${findings[0].fault}`;
  return verdict === 'proven' ? 'ok' : verdict;
};

const main = async () => {
  const { runnerImport } = await import('vite');
  const { module: verifier } = await runnerImport(VERIFIER, { configFile: false, logLevel: 'error' });
  for (const path of readFileSync(0, 'utf8').split('\n'))
    process.stdout.write(`${answerOf(await verifier.judge(new Uint8Array(readFileSync(path)), []))}\n`);
};

main().catch((error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exitCode = 1;
});
