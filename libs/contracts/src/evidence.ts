import { Digest, Instant } from '@bayway/domain';
import { z } from 'zod';
import { defineFact } from './define.js';

/** What leaves evidence: the catalogue. `docs/generated/evidence.md` is made from it. Records hold ids and digests only. */
export const evidenceTypes = {
  'request.made': 'The importer’s broker took a partner’s signed request',
  'request.arrived': 'The exporter’s broker took the request from the other side',
  'request.refused': 'A request was refused, with the deciding rule',
  'request.failed': 'A request ended without a release for a reason other than the rules',
  'assessment.made': 'A broker signed an assessment',
  'instrument.reminded': 'A filing or the end of an instrument came near, and those in charge were told once',
  'ask.composed': 'An ask was made ready for a resident',
  'ask.deferred': 'She put off her answer',
  'consent.pending': 'She agreed to all required acts',
  'consent.given': 'The consent came into force, for the first time, anew, or after a pause',
  'consent.paused': 'She paused the consent',
  'consent.refused': 'She refused',
  'consent.ended': 'A consent ended: withdrawn, expired, used up, lapsed, ended by a party or declared invalid',
  'withdrawal.recorded': 'A withdrawal came by a partner, in writing, or as part of a bulk withdrawal',
  'withdrawal.stated': 'Holder or recipient signed that it stopped using a record, or deleted it',
  'withdrawal.silent': 'Nobody signed for a withdrawal or deletion in time',
  'objection.made': 'She says that a record or use is wrong, or not hers',
  'bulk.proposed': 'An administrator froze a set of consents to be withdrawn',
  'bulk.approved': 'Another administrator approved a bulk withdrawal',
  'bulk.ended': 'A bulk withdrawal was done or cancelled',
  'export.made': 'Consents were exported for a regulator',
  'salts.destroyed': 'Salts of a consent were destroyed after its retention',
  'notice.published': 'A rules officer published a version of a notice',
  'representation.changed': 'A power to act for a child or an organisation was recorded, or ended',
  'permit.issued': 'Leave to release once; its commit starts the release',
  'permit.refused': 'Leave to release was asked for and not given',
  'release.made': 'A connector staged a record for its recipient',
  'release.destroyed': 'Staged ciphertext was destroyed',
  'delivery.made': 'The importer’s broker passed the record to the recipient',
  'delivery.receipted': 'The recipient signed for the record',
  'handle.resolved': 'Identity resolved a subject handle for a connector',
  'link.bound': 'A resident bound two identities',
  'message.refused': 'A message at the border was refused',
  'key.entered': 'An entry was added to the key directory',
} as const;
export type EvidenceType = keyof typeof evidenceTypes;

/** Every service to its jurisdiction's log: a commitment to a record that stays with the service. */
export const evidenceRecorded = defineFact(
  'evidence.recorded.v1',
  { from: ['identity', 'consent', 'broker', 'connector'], to: ['evidence'] },
  z.object({ commitment: Digest, at: Instant }),
);
