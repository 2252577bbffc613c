/**
 * Lets a process that a test starts run the TypeScript sources:
 * `node --conditions=source -r ./test/setup/run-sources.js file.ts`
 * What is compiled is kept by what it was compiled from: tests start hundreds of processes.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const options = require('./swc-options');

const root = join(__dirname, '../..');
const kept = join(root, 'node_modules/.cache/savoirs/sources');
const compiler = `${require('@swc/core/package.json').version} ${JSON.stringify(options)}`;

const readKept = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Whole or not at all: several processes may compile the same file at once. */
const keep = (file, code) => {
  mkdirSync(kept, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
};

const compile = (source, filename) => {
  const { transformSync } = require('@swc/core');
  return transformSync(source, { ...options, filename, swcrc: false, sourceMaps: 'inline' }).code;
};

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const file = join(kept, `${createHash('sha256').update(`${compiler}\n${filename}\n${source}`).digest('hex')}.js`);
  let code = readKept(file);
  if (code === null) keep(file, (code = compile(source, filename)));
  module._compile(code, filename);
};
