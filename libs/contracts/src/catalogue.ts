import * as assessment from './assessment.js';
import * as consent from './consent.js';
import * as consentEnd from './consent-end.js';
import type { Contract } from './define.js';
import * as evidence from './evidence.js';
import * as evidenceRecords from './evidence-records.js';
import * as exchange from './exchange.js';
import * as offers from './offers.js';
import * as operations from './operations.js';
import * as permit from './permit.js';
import * as representation from './representation.js';

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'subject' in value && 'kind' in value && 'from' in value;

const modules = [
  assessment,
  consent,
  offers,
  operations,
  permit,
  representation,
  consentEnd,
  exchange,
  evidence,
  evidenceRecords,
];

/** Every message between services. Permissions of nats-server, the border and the documents are made from it. */
export const contracts: readonly Contract[] = modules.flatMap((m) => Object.values(m).filter(isContract));
