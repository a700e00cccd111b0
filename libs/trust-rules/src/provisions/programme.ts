import { is, not, when, type Programme, type Section, type Step, type System } from '../vocabulary.js';
import { AREA_CONTRACT, DROPPED_CLAIMS, PLANNED_ONWARD } from './area-contract.js';
import { AUTHORITY_REQUEST, PUBLIC_SERVICE } from './authorities.js';
import { CARRY } from './carry.js';
import { HEALTH_RECORD } from './health-record.js';
import { HONG_KONG } from './hong-kong.js';
import { HONG_KONG_IMPORTER, MACAO_IMPORTER, MAINLAND_IMPORTER } from './importer.js';
import { ITEMS, ITEMS_NAMED } from './items.js';
import { MACAO } from './macao.js';
import { MAINLAND } from './mainland.js';
import { ONWARD } from './onward.js';
import { ORGANISATION } from './organisation.js';
import { IDENTITY_LEVEL, REQUESTER } from './requester.js';
import { HONG_KONG_RIGHTS, MACAO_RIGHTS, MAINLAND_RIGHTS } from './rights.js';
import { VERIFY } from './verify.js';

/** README section 4: which sections each channel runs, in order. Section numbers are those of the specification. */

const section = (name: string, steps: readonly Step[], only: Pick<Section, 'exporter' | 'importer'> = {}): Section => ({
  section: name,
  ...only,
  steps,
});

const others = (system: System): readonly System[] =>
  (['cn', 'hk', 'mo', 'other'] as const).filter((other) => other !== system);

const IMPORTER: readonly Section[] = [
  section('10 importer: Mainland', MAINLAND_IMPORTER, { importer: ['cn'], exporter: others('cn') }),
  section('10 importer: Hong Kong', HONG_KONG_IMPORTER, { importer: ['hk'], exporter: others('hk') }),
  section('10 importer: Macao', MACAO_IMPORTER, { importer: ['mo'], exporter: others('mo') }),
];

const NOT_AN_ORGANISATION = not(is('requester.kind', 'organisation'));
const byHolder = (steps: readonly Step[]): readonly Step[] => [when(NOT_AN_ORGANISATION, steps)];

export const PROGRAMME: Programme = {
  transfer: [
    section('4 items named', ITEMS_NAMED),
    section('5 items', ITEMS),
    section('6 contract of the area', AREA_CONTRACT),
    section('7 exporter: Mainland', MAINLAND, { exporter: ['cn'] }),
    section('8 exporter: Hong Kong', HONG_KONG, { exporter: ['hk'] }),
    section('9 exporter: Macao', MACAO, { exporter: ['mo'] }),
    ...IMPORTER,
    section('11.1 planned onward transfer', PLANNED_ONWARD),
    section('11.2 dropped claims', DROPPED_CLAIMS),
    section('Bayway: records of organisations', ORGANISATION),
  ],
  'onward-transfer': [section('5 items', ITEMS), section('12 onward transfer', ONWARD)],
  'subject-carry': [
    section('5 items', ITEMS),
    section('13 requester', REQUESTER),
    section('13 identity level', IDENTITY_LEVEL),
    section('14 carry', CARRY),
    ...IMPORTER,
  ],
  verify: [section('15 verify', VERIFY)],
  'health-record-qr': [
    section('5 items', ITEMS),
    section('13 requester', REQUESTER),
    section('13 identity level', IDENTITY_LEVEL),
    section('16 health record', HEALTH_RECORD),
    ...IMPORTER,
  ],
  'gov-service': [section('17 public service', PUBLIC_SERVICE)],
  'authority-request': [section('17 authority request', AUTHORITY_REQUEST)],
  'rights-request': [
    section('13 requester', REQUESTER),
    section('18 rights: Mainland', byHolder(MAINLAND_RIGHTS), { exporter: ['cn'] }),
    section('18 rights: Hong Kong', byHolder(HONG_KONG_RIGHTS), { exporter: ['hk'] }),
    section('18 rights: Macao', byHolder(MACAO_RIGHTS), { exporter: ['mo'] }),
  ],
};
