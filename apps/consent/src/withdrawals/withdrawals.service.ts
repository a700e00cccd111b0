import { bayDay } from '@bayway/domain';
import { Inject, Injectable } from '@nestjs/common';
import {
  audienceOf,
  DomainError,
  participantSigner,
  WithdrawalClaims,
  type AdminConsentDetail,
  type withdrawForRecipient,
  type WithdrawInWriting,
} from '@bayway/contracts';
import { digestOf, EnvelopeError } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AcknowledgementsService } from '../acknowledgements/acknowledgements.service.js';
import { withdraw } from '../consents/consent.js';
import { ConsentEntity } from '../consents/consent.entity.js';
import { lockConsent } from '../consents/consents.store.js';
import { ConsentLifecycle } from '../consents/lifecycle.service.js';
import { detailOf } from '../administration/consents-view.js';
import { Signer } from '../signer.js';
import { WithdrawalEntity } from './withdrawal.entity.js';

/** By which way it came, and what is kept of it. */
export type Way = Readonly<Pick<WithdrawalEntity, 'channel' | 'by'> & Partial<WithdrawalEntity>>;
type PassedOn = z.infer<typeof withdrawForRecipient.request>;
type Withdrawn = z.infer<typeof withdrawForRecipient.answer>;

const LIFE_SECONDS = 300;

/** Withdrawals by whichever way they come: all take the same lock and the same steps, and are in force when answered. */
@Injectable()
export class WithdrawalsService {
  @Inject(Transactions) private readonly transactions!: Transactions;
  @Inject(ConsentLifecycle) private readonly lifecycle!: ConsentLifecycle;
  @Inject(AcknowledgementsService) private readonly acknowledgements!: AcknowledgementsService;
  @Inject(Signer) private readonly signer!: Signer;

  /** Withdraws a locked consent. @throws DomainError when it already is, or when there is nothing to take back */
  async end(tx: EntityManager, consent: ConsentEntity, way: Way): Promise<ConsentEntity> {
    const at = new Date();
    const change = withdraw(consent, at);
    await this.acknowledgements.expect(tx, consent.id, at);
    await tx.insert(WithdrawalEntity, { ...way, consentId: consent.id, at });
    if (way.channel !== 'portal') await this.recordWay(tx, consent, way);
    const cause = way.channel === 'bulk' ? 'administration' : 'subject';
    return this.lifecycle.move(tx, consent, { change, cause, at });
  }

  private async recordWay(tx: EntityManager, { id: consentId }: ConsentEntity, way: Way): Promise<void> {
    const { channel, by, reference = null, reason = null, signed = null } = way;
    const reasonDigest = reason === null ? null : digestOf(reason);
    const signedDigest = signed === null ? null : digestOf(signed);
    await recordEvidence(tx, 'withdrawal.recorded', { consentId, channel, by, reference, reasonDigest, signedDigest });
  }

  /**
   * A recipient passes on what its own customer told it. The same signed withdrawal again: the same answer.
   * @throws DomainError `withdrawal-invalid`, `consent-not-found`, `consent-already-withdrawn`; EnvelopeError
   */
  async forRecipient({ withdrawal: signed, importer }: PassedOn): Promise<Withdrawn> {
    const claimed = this.peek(signed);
    return this.transactions.run(async (tx) => {
      const found = await tx.findOneBy(ConsentEntity, { id: claimed.consentId });
      // INVARIANT: only the recipient of this very consent; for anybody else it does not exist.
      if (found?.recipient !== claimed.iss || found.detail.importer !== importer)
        throw new DomainError('consent-not-found', { consentId: claimed.consentId });
      const claims = await this.read(signed, participantSigner(importer, found.recipient));
      const consent = await lockConsent(tx, claims.consentId);
      const earlier = await tx.findOneBy(WithdrawalEntity, { jti: claims.jti });
      if (earlier) return answerOf(consent);
      const { iss: by, reference, jti } = claims;
      return answerOf(await this.end(tx, consent, { channel: 'partner', by, reference, jti, signed }));
    });
  }

  /** What it says, before anybody has verified that: enough to find whose signature it has to bear. */
  private peek(signed: string): WithdrawalClaims {
    const text = Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString();
    const parsed = WithdrawalClaims.safeParse(jsonOf(text));
    if (!parsed.success) throw new DomainError('withdrawal-invalid', { detail: 'claims have another shape' });
    return parsed.data;
  }

  private async read(signed: string, by: string): Promise<WithdrawalClaims> {
    const claims = await this.signer.verify(signed, { type: 'withdrawal', schema: WithdrawalClaims, by });
    if (claims.aud !== audienceOf(this.signer.config.JURISDICTION, 'consent'))
      throw new EnvelopeError('message-misaddressed', 'withdrawal is for another jurisdiction');
    if (claims.exp - claims.iat > LIFE_SECONDS)
      throw new EnvelopeError('signed-object-expired', 'withdrawal is valid for more than five minutes');
    return claims;
  }

  /** Her notice in writing lies with an administrator (PDPO section 2(3)). @throws DomainError as a withdrawal of hers */
  inWriting(consentId: string, by: string, body: WithdrawInWriting): Promise<AdminConsentDetail> {
    if (body.receivedOn > bayDay(new Date()))
      throw new DomainError('withdrawal-invalid', { detail: '`receivedOn` is in the future' });
    return this.transactions.run(async (tx) => {
      const consent = await lockConsent(tx, consentId);
      return detailOf(tx, await this.end(tx, consent, { channel: 'writing', by, ...body }));
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const answerOf = (consent: ConsentEntity): Withdrawn => ({
  consentId: consent.id as Withdrawn['consentId'],
  state: consent.state,
  at: (consent.endedAt ?? new Date()).toISOString(),
});
