import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../http/package-root';
import { RULES_PATH } from '../problems/problem';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}
code{background:#eee;overflow-wrap:anywhere}`;

/** Neighbouring documents are not served: a link to one would lead nowhere. */
const isServed = (href: string): boolean => href.startsWith('#') || href.startsWith('https:');

const pageOf = async (markdown: string): Promise<string> => {
  const { Marked } = await import('marked');
  const marked = new Marked({
    renderer: {
      link({ href, tokens }) {
        return isServed(href) ? false : this.parser.parseInline(tokens);
      },
    },
  });
  const body = await marked.parse(markdown);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Savoirs: the rules</title>
<style>${STYLE}</style></head><body>${body}</body></html>`;
};

/** The rules of the domain, as HTML beside `/docs`, for everybody: answers name them. */
export const serveRules = (server: FastifyInstance): void => {
  let page: Promise<string> | undefined;
  server.get(RULES_PATH, async (_, reply) => {
    page ??= readFile(join(packageRoot(__dirname), 'docs/domain.md'), 'utf8').then(pageOf);
    return reply.type('text/html; charset=utf-8').send(await page);
  });
};
