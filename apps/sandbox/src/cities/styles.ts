import type { City } from '@bayway/domain';
import { Router } from 'express';
import type { CitiesSetUp } from './app.js';
import type { Faults } from './faults.js';
import { iamSmartRoutes } from './iam-smart.js';
import { schemeOf } from './scheme.js';
import { signInRoutes } from './sign-in.js';
import { SignedCalls } from './signed-calls.js';
import { ticketRoutes } from './ticket.js';

export type StyleParts = Readonly<{ city: City; secret: string }>;

const ROUTES = { 'iam-smart': iamSmartRoutes, guangdong: ticketRoutes } as const;

/** The city's own way of signing people in, beside its OpenID provider; nothing where that is its own way. */
export function ownStyle(setUp: CitiesSetUp, city: City, faults: Faults): Router {
  const router = Router();
  const { id } = schemeOf(city);
  if (id !== 'iam-smart' && id !== 'guangdong') return router;
  const calls = new SignedCalls(setUp, city, faults);
  const { router: routes, desk } = ROUTES[id]({ city, secret: setUp.secret }, calls);
  router.get('/keys', calls.published);
  router.use(routes);
  router.use(signInRoutes(desk.desk, { city, people: setUp.people, faults }));
  return router;
}
