import type { OpenAPIObject } from '@nestjs/swagger';
import { ROLES, routesOf, type Route } from '../authorisation';
import { BAR, barOf, webRoutes } from './web-routes';
import { closureOf, webProgram, webSources, type WebSource } from './web-sources';

/** A page of the site: who comes to it, and which routes of the API it calls. */
export interface SitePage {
  readonly address: string;
  readonly roles: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
}

/** Routes that no page needs, and why. */
const WITHOUT_PAGE: Readonly<Record<string, string>> = {
  'GET /health/live': 'for what supervises the process',
  'GET /health/ready': 'for what supervises the process, and balances load',
  'GET /metrics': 'for Prometheus',
  'GET /networks': 'for programs: a page reads the same from `/session`',
  'GET /networks/{networkId}/accesses': 'for programs, and `savoirs audit access`: no page lists looks yet',
  'GET /sign-in/callback': 'the identity provider sends browsers there',
};
/** Roles that no person signs in with, and why. */
const WITHOUT_PERSON: Readonly<Record<string, string>> = { dashboard: 'a service, not a person' };

/** Who reads elsewhere what a route would tell them, and where. */
const READ_ELSEWHERE: Readonly<Record<string, string>> = {
  'data-protection-officer GET /networks/{networkId}/match-queue': 'all that waits for them is on the page of erasures, with more',
};

const FIRST_PAGES = ['/', '/sign-in-failed'];
const HOME = '/n/$networkId';

const isOpenToAll = ({ roles }: Route): boolean => roles.includes('public') || roles.includes('any token');
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** `/networks/{}/feeds/risk` is what a browser asks for by itself. */
const askedBy = (address: string, routes: readonly Route[]): readonly string[] => {
  const shape = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');
  return routes.filter(({ method, path }) => method === 'GET' && shape(path) === address).map(nameOf);
};

/** Who has a page in the bar, or a desk that it belongs to; undefined where it belongs to none: then all who come to a link to it. */
const gateOf = (address: string, bar: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> | undefined => {
  const above = [...bar].filter(([desk]) => address === desk || (desk !== HOME && address.startsWith(`${desk}/`)));
  return above.length === 0 ? undefined : new Set(above.flatMap(([, roles]) => roles));
};

const deskOf = (address: string): string => address.split('/').slice(0, 4).join('/');

/**
 * Where a role comes to from its first pages and from the bar, by links: into another’s desk by one that stands on a desk of their own, unless
 * somebody has both: then it stands there for them. On a page that members have, too, what leads further is there for members.
 */
const reachedBy = (
  role: string,
  bar: ReadonlyMap<string, readonly string[]>,
  links: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> => {
  const reached = new Set<string>();
  const isOwn = (address: string): boolean => gateOf(address, bar)?.has(role) ?? false;
  const visit = (address: string): void => {
    if (reached.has(address)) return;
    reached.add(address);
    const isOfBoth = (next: string): boolean => [...(gateOf(next, bar) ?? [])].some((other) => gateOf(address, bar)?.has(other));
    const crosses = (next: string): boolean => role !== 'member' && isOwn(address) && deskOf(address) !== deskOf(next) && !isOfBoth(next);
    const isMembers = role !== 'member' && (gateOf(address, bar)?.has('member') ?? false);
    for (const next of links.get(address) ?? [])
      if (links.has(next) && (isOwn(next) || (!isMembers && (gateOf(next, bar) === undefined || crosses(next))))) visit(next);
  };
  [...FIRST_PAGES, ...[...bar].filter(([, roles]) => roles.includes(role)).map(([address]) => address)].forEach(visit);
  return reached;
};

/** Every page, found in the sources of the site. */
export const sitePages = (document: OpenAPIObject, root = process.cwd()): readonly SitePage[] => {
  const program = webProgram(root);
  const sources = webSources(root, program);
  const routes = routesOf(document);
  const bar = barOf(root, program);
  const pages = webRoutes(root, program);
  const told = (files: ReadonlySet<string>, what: (source: WebSource) => readonly string[]): readonly string[] =>
    [...files].flatMap((file) => what(sources.get(file) ?? { imports: [], calls: [], addresses: [] }));
  const links = new Map(pages.map(({ address, files }) => [address, told(closureOf(sources, files, [BAR]), (source) => source.addresses)]));
  const reached = new Map(ROLES.map((role) => [role, reachedBy(role, bar, links)]));
  return pages.map(({ address, files }) => {
    const all = closureOf(sources, files);
    const calls = [
      ...told(all, (source) => source.calls),
      ...told(all, (source) => source.addresses).flatMap((one) => askedBy(one, routes)),
    ];
    return { address, calls: new Set(calls), roles: new Set(ROLES.filter((role) => reached.get(role)!.has(address))) };
  });
};

/** By route, for each role that may: the pages from which it calls it. */
const byRole = (route: Route, pages: readonly SitePage[]): readonly (readonly [string, readonly string[]])[] =>
  ROLES.filter((role) => !(role in WITHOUT_PERSON) && (isOpenToAll(route) || route.roles.includes(role))).map((role) => [
    role,
    pages.filter(({ roles, calls }) => roles.has(role) && calls.has(nameOf(route))).map(({ address }) => address),
  ]);

/** `hr GET /networks/{networkId}`: somebody may, and no page lets them. */
export const gapsIn = (document: OpenAPIObject, pages: readonly SitePage[]): readonly string[] =>
  routesOf(document)
    .filter((route) => !(nameOf(route) in WITHOUT_PAGE))
    .flatMap((route) =>
      byRole(route, pages)
        .filter(([, on]) => on.length === 0)
        .map(([role]) => `${role} ${nameOf(route)}`)
        .filter((gap) => !(gap in READ_ELSEWHERE)),
    );

const SHOWN = 4;
const shown = (address: string): string => `\`${address.replace('/n/$networkId', '…') || '/'}\``;

const inWords = (role: string, on: readonly string[], pages: readonly SitePage[]): string => {
  if (on.length === 0) return '**no page**';
  if (on.length === pages.filter(({ roles }) => roles.has(role)).length) return 'every page';
  const more = on.length - SHOWN;
  return `${on.slice(0, SHOWN).map(shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Roles with the same pages together. */
const cell = (route: Route, pages: readonly SitePage[]): string => {
  const exempt = WITHOUT_PAGE[nameOf(route)];
  if (exempt !== undefined) return `_${exempt}_`;
  const groups = new Map<string, string[]>();
  for (const [role, on] of byRole(route, pages)) {
    const elsewhere = READ_ELSEWHERE[`${role} ${nameOf(route)}`];
    const text = on.length === 0 && elsewhere !== undefined ? `_${elsewhere}_` : inWords(role, on, pages);
    groups.set(text, [...(groups.get(text) ?? []), role]);
  }
  return [...groups].map(([text, roles]) => `${roles.join(', ')}: ${text}`).join('<br>');
};

/** From which page each route of the API is used, by whom. */
export const pagesTable = (document: OpenAPIObject, root = process.cwd()): string => {
  const pages = sitePages(document, root);
  return [
    '# Which page does what',
    '',
    'Generated from the sources of the site (`npm run -s docs`): the calls in a page’s files and in all that these import, and the way to it, from the bar and from page',
    'to page. `…` stands for `/n/<network id>`. It says which page can call a route; what each role finds on it is the page’s. Who may: [authorisation](authorisation.md).',
    `The role ${Object.entries(WITHOUT_PERSON)
      .map(([role, why]) => `\`${role}\` is left out: ${why}`)
      .join('; ')}.`,
    '',
    '| Method | Route | Pages |',
    '|---|---|---|',
    ...routesOf(document).map((route) => `| ${route.method} | \`${route.path}\` | ${cell(route, pages)} |`),
    '',
  ].join('\n');
};
