import { Inject, Injectable } from '@nestjs/common';
import { consentEndAcknowledged, DomainError, EndStatementClaims, participantSigner } from '@bayway/contracts';
import { ParticipantId } from '@bayway/domain';
import { digestOf, verify } from '@bayway/envelope';
import { CONFIG, Keys, recordEvidence, Transactions } from '@bayway/service';
import { decodeJwt } from 'jose';
import { BrokerConfig } from '../config.js';
import { EndedConsentEntity } from '../consent-ends/ended-consent.entity.js';
import { Peers } from '../peers/peers.js';
import { EndStatementEntity } from './end-statement.entity.js';

/** Recipients' signed words about consents that ended, on their way to the exporter's side. */
@Injectable()
export class EndStatementsService {
  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(Transactions) private readonly transactions!: Transactions;

  /**
   * Takes a statement; the first of each kind counts, and the same one again changes nothing. Its signature is all the
   * authority it needs: the recipient's grants ended with the consent.
   * @param from whom it has to be of, when that is known
   * @throws EnvelopeError for a wrong signature; DomainError `statement-invalid`
   */
  async accept(statement: string, from?: ParticipantId): Promise<{ what: EndStatementClaims['what'] }> {
    const claims = await this.read(statement, from);
    const { consentId, what, jti, iss } = claims;
    await this.transactions.run(async (tx) => {
      const ended = await tx.findOneBy(EndedConsentEntity, { consentId, recipient: iss as ParticipantId });
      if (ended?.state !== 'withdrawn') throw new DomainError('statement-invalid', { consentId });
      const { exporter } = ended;
      const at = new Date();
      const row = { jti, exporter, consentId, what, statement, at };
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(EndStatementEntity)
        .values(row)
        .orIgnore()
        .returning('jti')
        .execute();
      if ((made.raw as unknown[]).length === 0) return;
      await recordEvidence(tx, 'withdrawal.stated', {
        consentId,
        exporter,
        what,
        statementDigest: digestOf(statement),
      });
      const data = { consentId, by: iss as ParticipantId, at: at.toISOString(), statement };
      await this.peers.tell(tx, consentEndAcknowledged, { to: exporter, aggregate: consentId, data });
    });
    return { what };
  }

  private async read(statement: string, from?: ParticipantId): Promise<EndStatementClaims> {
    const iss = ParticipantId.safeParse(claimedIssuer(statement));
    if (!iss.success || (from !== undefined && iss.data !== from)) throw new DomainError('statement-invalid');
    const keys = await this.keys.directoryFor(statement);
    const by = participantSigner(this.config.JURISDICTION, iss.data);
    return verify(statement, { type: 'endStatement', schema: EndStatementClaims, by, keys, at: new Date() });
  }
}

/** Who says it is: enough to know whose key it has to be signed with. */
function claimedIssuer(jws: string): unknown {
  try {
    return decodeJwt(jws).iss;
  } catch {
    return undefined;
  }
}
