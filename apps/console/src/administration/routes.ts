import { ROLES, type Role, type ServiceName } from '@bayway/contracts';

/** A service that the administrators' console speaks to; `console`: it answers itself. */
export type Upstream = Extract<ServiceName, 'consent' | 'broker' | 'evidence' | 'console'>;

/** What the console's pages may ask for: one line each, with who may. Whatever is no line here does not exist. */
export type AdminRoute = Readonly<{
  method: 'GET' | 'POST' | 'PUT';
  /** Below `/console/api/`; `:id` stands for one name. */
  path: string;
  to: Upstream;
  /** Path at the service. */
  at: string;
  roles: readonly Role[];
}>;

const LOOKS: readonly Role[] = ['consent-administrator', 'regulator'];
const STEERS: readonly Role[] = ['consent-administrator'];
const RULES: readonly Role[] = ['rules-officer', 'regulator'];
const WRITES: readonly Role[] = ['rules-officer'];
const WATCHES: readonly Role[] = ['operator', 'regulator'];
const OPERATES: readonly Role[] = ['operator'];
const NOTICES: readonly Role[] = ['consent-administrator', 'rules-officer', 'regulator'];
const ALL: readonly Role[] = ROLES;

/** The services check the roles again, from the token that they verify. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  {
    method: 'POST',
    path: 'representations/enrolment',
    to: 'consent',
    at: '/admin/representations/enrolment',
    roles: STEERS,
  },
  {
    method: 'POST',
    path: 'representations/:id/end',
    to: 'consent',
    at: '/admin/representations/:id/end',
    roles: STEERS,
  },
  { method: 'GET', path: 'consents', to: 'consent', at: '/admin/consents', roles: LOOKS },
  { method: 'GET', path: 'consents/total', to: 'consent', at: '/admin/consents/total', roles: LOOKS },
  { method: 'GET', path: 'consents/:id', to: 'consent', at: '/admin/consents/:id', roles: LOOKS },
  {
    method: 'POST',
    path: 'consents/:id/withdrawal',
    to: 'consent',
    at: '/admin/consents/:id/withdrawal',
    roles: STEERS,
  },
  { method: 'GET', path: 'exports/consents.json', to: 'consent', at: '/admin/exports/consents.json', roles: LOOKS },
  { method: 'GET', path: 'exports/consents.csv', to: 'consent', at: '/admin/exports/consents.csv', roles: LOOKS },
  { method: 'GET', path: 'bulk', to: 'consent', at: '/admin/bulk-withdrawals', roles: LOOKS },
  { method: 'POST', path: 'bulk', to: 'consent', at: '/admin/bulk-withdrawals', roles: STEERS },
  { method: 'GET', path: 'bulk/:id', to: 'consent', at: '/admin/bulk-withdrawals/:id', roles: LOOKS },
  {
    method: 'POST',
    path: 'bulk/:id/approval',
    to: 'consent',
    at: '/admin/bulk-withdrawals/:id/approval',
    roles: STEERS,
  },
  {
    method: 'POST',
    path: 'bulk/:id/cancellation',
    to: 'consent',
    at: '/admin/bulk-withdrawals/:id/cancellation',
    roles: STEERS,
  },
  { method: 'GET', path: 'notices/versions', to: 'consent', at: '/admin/notices/versions', roles: NOTICES },
  { method: 'GET', path: 'notices/difference', to: 'consent', at: '/admin/notices/difference', roles: NOTICES },
  { method: 'GET', path: 'notices/preview', to: 'consent', at: '/admin/notices/preview', roles: NOTICES },
  { method: 'PUT', path: 'notices/draft', to: 'consent', at: '/admin/notices/draft', roles: WRITES },
  { method: 'POST', path: 'notices/publication', to: 'consent', at: '/admin/notices/publication', roles: WRITES },
  { method: 'GET', path: 'traffic/flows', to: 'broker', at: '/traffic/flows', roles: ALL },
  { method: 'GET', path: 'traffic/counters', to: 'broker', at: '/traffic/counters', roles: ALL },
  { method: 'GET', path: 'traffic/requests', to: 'broker', at: '/traffic/requests', roles: ALL },
  { method: 'GET', path: 'traffic/requests/:id', to: 'broker', at: '/traffic/requests/:id', roles: ALL },
  { method: 'GET', path: 'assessments', to: 'broker', at: '/assessments', roles: RULES },
  { method: 'GET', path: 'assessments/:id', to: 'broker', at: '/assessments/:id', roles: RULES },
  { method: 'POST', path: 'simulations', to: 'broker', at: '/simulations', roles: RULES },
  { method: 'GET', path: 'rules', to: 'broker', at: '/rules', roles: RULES },
  { method: 'GET', path: 'rules/:id', to: 'broker', at: '/rules/:id', roles: RULES },
  { method: 'GET', path: 'participants', to: 'broker', at: '/participants', roles: ALL },
  { method: 'GET', path: 'participants/:id', to: 'broker', at: '/participants/:id', roles: ALL },
  { method: 'GET', path: 'statements/:id', to: 'broker', at: '/admin/statements/:id', roles: ALL },
  { method: 'GET', path: 'statements/:id/csv', to: 'broker', at: '/admin/statements/:id/csv', roles: ALL },
  { method: 'GET', path: 'reciprocity/:id', to: 'broker', at: '/open-data/reciprocity/:id', roles: ALL },
  { method: 'GET', path: 'health', to: 'console', at: '', roles: WATCHES },
  { method: 'GET', path: 'links', to: 'broker', at: '/operations/links', roles: WATCHES },
  { method: 'GET', path: 'letters', to: 'broker', at: '/admin/dead-letters', roles: WATCHES },
  {
    method: 'POST',
    path: 'letters/:id/replay',
    to: 'broker',
    at: '/admin/dead-letters/:id/replay',
    roles: OPERATES,
  },
  { method: 'GET', path: 'instruments', to: 'broker', at: '/instruments', roles: RULES },
  { method: 'GET', path: 'instruments/reminders', to: 'broker', at: '/instruments/reminders', roles: RULES },
  { method: 'GET', path: 'evidence/status', to: 'evidence', at: '/status', roles: ALL },
  { method: 'GET', path: 'evidence/alarms', to: 'evidence', at: '/alarms', roles: ALL },
  { method: 'GET', path: 'evidence/reconciliation', to: 'evidence', at: '/reconciliation', roles: ALL },
];

const NAME = /^(?=.{1,100}$)[\w-]+(\.[\w-]+)*$/;

/** The route of a request and its path at the service, or null. A fixed word goes before `:id`. */
export function adminRoute(method: string, path: string): { route: AdminRoute; at: string } | null {
  const parts = path.split('/');
  const fits = ADMIN_ROUTES.filter((route) => {
    const wanted = route.path.split('/');
    const isLike = wanted.length === parts.length && route.method === method;
    return isLike && wanted.every((want, no) => (want === ':id' ? NAME.test(parts[no] ?? '') : want === parts[no]));
  });
  const route = fits.find((fit) => !fit.path.includes(':id')) ?? fits[0];
  if (!route) return null;
  const id = parts[route.path.split('/').indexOf(':id')] ?? '';
  return { route, at: route.at.replace(':id', id) };
}
