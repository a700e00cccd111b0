import type { Jurisdiction } from '@bayway/domain';

/** Beside which holder, of which jurisdiction, this connector stands. */
export type Standing = Readonly<{ jurisdiction: Jurisdiction; holder: string }>;
export const STANDING = Symbol('standing');
/** The holder's own keys, apart from the connector's. */
export const HOLDER_KEYS = Symbol('holder keys');
