import type { OpenAPIObject } from '@nestjs/swagger';
import type { Role } from '#domain/vocabulary';

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** `public`, `any token`, or the roles that may; empty where no decision was taken, which fails a test. */
  readonly roles: readonly string[];
}

export const ROLES: readonly Exclude<Role, 'system'>[] = [
  'member',
  'mediator',
  'facilitator',
  'network-lead',
  'hr',
  'auditor',
  'dashboard',
  'operator',
  'data-protection-officer',
];

/** Every route of the document with its rule of access. */
export const routesOf = ({ paths }: OpenAPIObject): readonly Route[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { summary?: string; 'x-savoirs-roles'?: readonly string[] }>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      summary: operation.summary ?? '',
      roles: operation['x-savoirs-roles'] ?? [],
    })),
  );

const row = ({ method, path, summary, roles }: Route): string => {
  const cells = ROLES.map((role) => (roles.includes('public') || roles.includes('any token') || roles.includes(role) ? '●' : ''));
  return `| ${method} | \`${path}\` | ${summary} | ${cells.join(' | ')} |`;
};

/** Which role may use which route. Ownership beyond the role (own offer, own exchange, not a case that names you) is the deciders'. */
export const authorisationTable = (document: OpenAPIObject): string => {
  const head = ['Method', 'Route', 'What', ...ROLES];
  return [
    '# Who may use which route',
    '',
    'Generated from the routes (`npm run -s docs`). ● may; ownership beyond the role is judged by the domain.',
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...routesOf(document).map(row),
    '',
  ].join('\n');
};
