import { factSubject, recipientName, requestSubject, type Contract, type ServiceName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';

/** What the permissions need to know of a contract. */
export type Route = Pick<Contract, 'kind' | 'subject' | 'from' | 'to' | 'border'>;

/** A member of the bus: a service, and of a connector whose it is. */
export type BusMember = Readonly<{ service: ServiceName; address?: string }>;

/** The subjects a user may publish and subscribe; everything else is refused. Replies to what it received are allowed besides. */
export type Permissions = Readonly<{ publish: readonly string[]; subscribe: readonly string[] }>;

/** Name of a member's NATS user: the service's name, or that and the address: `connector-bayrate`. */
export const userName = ({ service, address }: BusMember): string =>
  address === undefined ? service : `${service}-${address}`;

/** The subject under which a contract arrives in a jurisdiction from another one. */
export const borderSubject = (to: Jurisdiction, subject: string): string => `border.${to}.${subject}`;

/** Subjects of the contracts that cross borders: the only ones the border accounts carry. */
export const borderSubjects = (contracts: readonly Route[]): string[] =>
  contracts.filter((contract) => contract.border).map((contract) => contract.subject);

/**
 * What one member may do on its jurisdiction's bus, derived from the contracts:
 * a request is published by its callers and subscribed by the service that answers; a fact is published to each
 * subscriber under a subject of its own; what goes to a connector names its holder, and no connector hears another
 * holder's; a contract that crosses goes to and comes from the border instead.
 */
export function permissionsFromContracts(
  contracts: readonly Route[],
  jurisdiction: Jurisdiction,
  member: BusMember,
): Permissions {
  const abroad = JURISDICTIONS.filter((other) => other !== jurisdiction);
  const publish = contracts
    .filter((contract) => contract.from.includes(member.service))
    .flatMap((contract) => sentOn(contract, abroad));
  const subscribe = contracts
    .filter((contract) => contract.to.includes(member.service))
    .map((contract) => heardOn(contract, jurisdiction, member));
  return { publish: sorted(publish), subscribe: sorted([...subscribe, `_INBOX.${userName(member)}.>`]) };
}

function sentOn(contract: Route, abroad: readonly Jurisdiction[]): string[] {
  if (contract.border) return abroad.map((to) => borderSubject(to, contract.subject));
  if (contract.kind === 'fact')
    return contract.to.map((service) => factSubject(contract.subject, recipientName(service, '*')));
  return [requestSubject(contract, '*')];
}

function heardOn(contract: Route, jurisdiction: Jurisdiction, { service, address }: BusMember): string {
  if (contract.border) return borderSubject(jurisdiction, contract.subject);
  // A connector without address may not listen for any: `-` is no holder's name.
  const holder = address ?? '-';
  if (contract.kind === 'fact') return factSubject(contract.subject, recipientName(service, holder));
  return requestSubject({ subject: contract.subject, to: [service] }, holder);
}

const sorted = (subjects: readonly string[]): string[] => [...new Set(subjects)].sort();
