import { join } from 'node:path';
import type { ServiceName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { KeyCeremony, type KeyUse, type PublicKey } from '@bayway/envelope';
import type { Derive } from './secrets.js';
import { perJurisdiction, type Instance } from './topology.js';

/** Which keys each service has. A connector's stand under its holder's name. */
const USES: Readonly<Record<ServiceName, readonly KeyUse[]>> = {
  identity: ['sig', 'oidc', 'client'],
  consent: ['sig'],
  broker: ['sig'],
  console: ['client'],
  evidence: ['log', 'witness'],
  connector: ['sig', 'enc'],
};

/** A member of the Bay that is no service: a partner or a holder. */
export type Participant = Readonly<{ jurisdiction: Jurisdiction; id: string }>;
const PARTICIPANT_USES: readonly KeyUse[] = ['sig', 'enc', 'client'];

/** The keys of a local run: made once, kept under `<home>/keys/<jurisdiction>`. */
export type LocalKeys = Readonly<{
  roots: Readonly<Record<Jurisdiction, PublicKey>>;
  directoryFile: (jurisdiction: Jurisdiction) => string;
  /** Where an owner finds its keys, and what opens them: `identity`, `connector/<holder>`, `participant/<id>`. */
  of: (jurisdiction: Jurisdiction, owner: string) => Readonly<{ keysDir: string; kek: string }>;
  /** How many keys this start has made. */
  made: number;
}>;

/** The name under which an instance's keys stand in its jurisdiction's directory, without the jurisdiction. */
export const ownerOf = ({ service, address }: Instance): string =>
  address === undefined ? service : `${service}/${address}`;

/** Makes whatever is missing: a root per jurisdiction, the services' keys, the participants' keys, and their directory entries. */
export async function localKeys(
  home: string,
  derive: Derive,
  owners: { instances: readonly Instance[]; participants: readonly Participant[] },
): Promise<LocalKeys> {
  const folder = (jurisdiction: Jurisdiction) => join(home, 'keys', jurisdiction);
  const kekOf = (jurisdiction: Jurisdiction, owner: string) => derive(`${jurisdiction}/${owner} kek`);
  const roots = new Map<Jurisdiction, PublicKey>();
  let made = 0;
  for (const jurisdiction of JURISDICTIONS) {
    const ceremony = await KeyCeremony.open(
      jurisdiction,
      folder(jurisdiction),
      derive(`${jurisdiction} root passphrase`),
    );
    roots.set(jurisdiction, ceremony.publicRoot);
    const mine = [
      ...owners.instances
        .filter(inside(jurisdiction))
        .map((instance) => ({ owner: ownerOf(instance), uses: USES[instance.service] })),
      ...owners.participants
        .filter(inside(jurisdiction))
        .map(({ id }) => ({ owner: `participant/${id}`, uses: PARTICIPANT_USES })),
    ];
    for (const { owner, uses } of mine)
      made += await ceremony.ensure(`${jurisdiction}/${owner}`, uses, kekOf(jurisdiction, owner));
  }
  return {
    roots: perJurisdiction((jurisdiction) => roots.get(jurisdiction) as PublicKey),
    directoryFile: (jurisdiction) => join(folder(jurisdiction), 'directory.jsonl'),
    of: (jurisdiction, owner) => ({ keysDir: join(folder(jurisdiction), owner), kek: kekOf(jurisdiction, owner) }),
    made,
  };
}

const inside = (jurisdiction: Jurisdiction) => (member: { jurisdiction: Jurisdiction }) =>
  member.jurisdiction === jurisdiction;
