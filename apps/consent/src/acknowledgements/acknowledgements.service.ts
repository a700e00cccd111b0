import { Inject, Injectable, Logger } from '@nestjs/common';
import { connectorSigner, endAcknowledged, EndStatementClaims, participantSigner } from '@bayway/contracts';
import { digestOf, EnvelopeError } from '@bayway/envelope';
import { OnFact, recordEvidence } from '@bayway/service';
import { IsNull, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { ConsentEntity } from '../consents/consent.entity.js';
import { lockConsent } from '../consents/consents.store.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import { UseEntity } from '../permits/use.entity.js';
import { Signer } from '../signer.js';
import { AcknowledgementEntity } from './acknowledgement.entity.js';
import { deletionDue, STOP_MS } from './due.js';

type Acknowledged = z.infer<typeof endAcknowledged.data>;

/** Who has been told of a withdrawal, what they signed about it, and who keeps silent. */
@Injectable()
export class AcknowledgementsService {
  private readonly logger = new Logger('acknowledgements');

  constructor(
    @Inject(Signer) private readonly signer: Signer,
    @Inject(NotificationsService) private readonly notifications: NotificationsService,
  ) {}

  /** Opens the list at a withdrawal: holder and recipient, silent until they answer; a deletion when something went out. */
  async expect(tx: EntityManager, consentId: string, at: Date): Promise<void> {
    const stop = { consentId, what: 'withdrawal' as const, at: null, dueAt: new Date(at.getTime() + STOP_MS) };
    const rows: Partial<AcknowledgementEntity>[] = [
      { ...stop, by: 'holder' },
      { ...stop, by: 'recipient' },
    ];
    if (await tx.existsBy(UseEntity, { consentId }))
      rows.push({ consentId, by: 'recipient', what: 'deletion', at: null, dueAt: deletionDue(at, null) });
    await tx.insert(AcknowledgementEntity, rows);
  }

  /** The first word of each counts; acknowledgements of other ends than a withdrawal are not on the list. */
  @OnFact(endAcknowledged)
  async acknowledged(fact: Acknowledged, tx: EntityManager): Promise<void> {
    const { consentId, by, statement } = fact;
    if (!(await tx.existsBy(AcknowledgementEntity, { consentId, by }))) return;
    // The consent's lock comes before any of its rows, here as everywhere.
    const consent = await lockConsent(tx, consentId);
    const told = { consentId, by, toldAt: IsNull() };
    await tx.update(AcknowledgementEntity, told, { toldAt: new Date(fact.at) });
    if (statement === undefined) return;
    const claims = await this.read(consent, by, statement);
    if (claims) return this.keep(tx, consent, { by, claims, statement });
    await recordEvidence(tx, 'message.refused', { subject: endAcknowledged.subject, consentId, by });
  }

  /** INVARIANT: signed by the holder's connector, or by the recipient, of this very consent. */
  private async read(consent: ConsentEntity, by: Acknowledged['by'], jws: string): Promise<EndStatementClaims | null> {
    const { holder, recipient, detail } = consent;
    const signers = {
      holder: connectorSigner(detail.exporter, holder),
      recipient: participantSigner(detail.importer, recipient),
    };
    try {
      const expected = { type: 'endStatement' as const, schema: EndStatementClaims, by: signers[by] };
      const claims = await this.signer.verify(jws, expected);
      return claims.consentId === consent.id ? claims : null;
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      this.logger.warn({ refused: endAcknowledged.subject, consentId: consent.id, by, code: error.code });
      return null;
    }
  }

  private async keep(
    tx: EntityManager,
    consent: ConsentEntity,
    { by, claims, statement }: { by: Acknowledged['by']; claims: EndStatementClaims; statement: string },
  ): Promise<void> {
    const { id: consentId } = consent;
    const { what, deleteBy = null } = claims;
    const at = new Date();
    const where = { consentId, by, what, at: IsNull() };
    const { affected } = await tx.update(AcknowledgementEntity, where, { at, statement, deleteBy });
    if (affected !== 1) return;
    if (what === 'withdrawal' && deleteBy !== null && consent.endedAt) {
      const dueAt = deletionDue(consent.endedAt, deleteBy);
      await tx.update(AcknowledgementEntity, { consentId, by, what: 'deletion', at: IsNull() }, { deleteBy, dueAt });
    }
    await recordEvidence(tx, 'withdrawal.stated', { consentId, by, what, statementDigest: digestOf(statement) });
    await this.notifications.note(tx, { consent, kind: 'acknowledged', key: `${by}/${what}`, at });
  }
}
