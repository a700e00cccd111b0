import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  DomainError,
  participantSigner,
  passOnWithdrawal,
  WithdrawalClaims,
  withdrawForRecipient,
} from '@bayway/contracts';
import type { EnrichedDetail, Jurisdiction, ParticipantId } from '@bayway/domain';
import { verify } from '@bayway/envelope';
import { Bus, CONFIG, Keys } from '@bayway/service';
import type { z } from 'zod';
import { BrokerConfig } from '../config.js';
import { Peers } from '../peers/peers.js';

type Withdrawn = z.infer<typeof withdrawForRecipient.answer>;
type Call = Readonly<{ partner: ParticipantId; detail: EnrichedDetail | null; withdrawal: string }>;

/** A recipient's own customer told it that she withdraws; it is in force at the exporter's consent when answered. */
@Injectable()
export class WithdrawalsService implements OnModuleInit {
  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(Bus) private readonly bus!: Bus;

  onModuleInit(): void {
    this.peers.answers(passOnWithdrawal, ({ withdrawal }, from) => this.forward(withdrawal, from));
  }

  /**
   * Importer's side. The token names the consent, the signature is checked here first, and again where it takes effect.
   * @throws EnvelopeError; DomainError `withdrawal-invalid`, `consent-mismatch`, `border-unreachable`, or consent's own
   */
  async passOn({ partner, detail, withdrawal }: Call): Promise<Withdrawn> {
    const keys = await this.keys.directoryFor(withdrawal);
    const by = participantSigner(this.config.JURISDICTION, partner);
    const claims = await verify(withdrawal, { type: 'withdrawal', schema: WithdrawalClaims, by, keys, at: new Date() });
    if (claims.iss !== partner) throw new DomainError('withdrawal-invalid');
    if (detail?.consent_id !== claims.consentId || detail.recipient !== partner)
      throw new DomainError('consent-mismatch', { consentId: claims.consentId });
    return this.peers.ask(passOnWithdrawal, { to: detail.exporter, body: { withdrawal } });
  }

  /** Exporter's side: consent verifies it again, and that it is of the recipient. */
  forward(withdrawal: string, importer: Jurisdiction): Promise<Withdrawn> {
    return this.bus.ask(withdrawForRecipient, { withdrawal, importer }, { timeoutMs: 3_000 });
  }
}
