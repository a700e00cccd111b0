import type { Jurisdiction } from '@bayway/domain';
import type { ServiceName } from './define.js';

/** OAuth scopes of our resource servers. */
export const scopes = {
  /** Partners: make data requests at the broker. */
  data: 'data',
  /** Residents: see and steer their own consents. */
  consent: 'consent',
  /** Administrators: see and steer what this jurisdiction decides and keeps, each within the roles that the token names. */
  administration: 'administration',
} as const;

/** What an administrator may do; identity puts it into the access token, and every route names who may use it. */
export const ROLES = ['consent-administrator', 'rules-officer', 'regulator', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** The audience of access and actor tokens for one service of one jurisdiction. */
export const audienceOf = (jurisdiction: Jurisdiction, service: ServiceName): string =>
  `urn:bayway:${jurisdiction}:${service}`;

/** The name under which a service's keys stand in the key directory, such as `hk/broker`. */
export const signerOf = (jurisdiction: Jurisdiction, service: ServiceName): string => `${jurisdiction}/${service}`;
/** The key-directory name of a participant, such as `hk/participant/tsing-wan-bank`. */
export const participantSigner = (jurisdiction: Jurisdiction, id: string): string =>
  `${jurisdiction}/participant/${id}`;
/** The key-directory name of a holder's connector, such as `cn/connector/pengwan-credit`. */
export const connectorSigner = (jurisdiction: Jurisdiction, holder: string): string =>
  `${jurisdiction}/connector/${holder}`;
