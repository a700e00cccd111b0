import { scopes, type Role } from '@bayway/contracts';

const rule = (...roles: Role[]) => ({ scope: scopes.administration, roles });

/** Who looks: administrators of consents and regulators. */
export const LOOKS = rule('consent-administrator', 'regulator');
/** Who changes anything: administrators of consents. */
export const STEERS = rule('consent-administrator');
