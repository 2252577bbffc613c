import 'reflect-metadata';
import { ACCESS, type Access } from '../../installation/access';
import { ExchangesController } from './exchanges/exchanges.controller';
import { IncidentsController } from './cases/incidents.controller';
import { MatchesController } from './matches/matches.controller';
import { OffersController } from './directory/offers.controller';
import { RequestsController } from './directory/requests.controller';
import { SessionsController } from './exchanges/sessions.controller';

const controllers = [ExchangesController, IncidentsController, MatchesController, OffersController, RequestsController, SessionsController];
const routes = controllers.flatMap(({ name, prototype }) =>
  Object.getOwnPropertyNames(prototype).flatMap((route) => {
    // A controller's methods have no common type; the metadata is what `Allow` put there.
    const handler = (prototype as unknown as Record<string, object>)[route]!;
    const access = Reflect.getMetadata(ACCESS, handler) as Access | undefined;
    return typeof access === 'object' ? [{ route: `${name}.${route}`, roles: access.roles }] : [];
  }),
);

describe('the role that somebody acts in', () => {
  it('is the facilitator’s wherever they may act as one: a facilitator is a member too, and often a mediator (§7)', () => {
    const facilitated = routes.filter(({ roles }) => roles.includes('facilitator'));
    expect(facilitated.length).toBeGreaterThan(8);
    expect(facilitated.filter(({ roles }) => roles[0] !== 'facilitator').map(({ route }) => route)).toEqual([]);
  });
});
