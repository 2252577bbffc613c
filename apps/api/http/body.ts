import type { FastifyInstance } from 'fastify';
import { problemOfStatus } from '../problems/problem-of';

/** Deeper than any command is; what walks over a body walks on the stack. */
const DEEPEST = 32;

/** As cheap as can be: whoever opens no more brackets than that, in texts or outside, is no deeper. */
const opensMany = (json: string): boolean => {
  let opened = 0;
  for (const bracket of ['{', '['])
    for (let at = json.indexOf(bracket); at >= 0 && opened <= DEEPEST; at = json.indexOf(bracket, at + 1)) opened++;
  return opened > DEEPEST;
};

/** Counts brackets outside of texts; no number or name has one. */
const isTooDeep = (json: string): boolean => {
  let [depth, inText] = [0, false];
  for (let index = 0; index < json.length; index++) {
    const char = json[index];
    if (inText && char === '\\') index++;
    else if (char === '"') inText = !inText;
    else if (inText) continue;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON in UTF-8 alone: neither forms nor texts, no broken bytes, no `__proto__`. */
export const readJsonAlone = (server: FastifyInstance): void => {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = utf8.decode(body as Buffer);
      if (opensMany(text) && isTooDeep(text)) throw problemOfStatus(400);
      // Fastify's own parser answers by its callback at once
      void parse(request, text, done);
    } catch {
      done(problemOfStatus(400));
    }
  });
};
