import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ConsentReceiptClaims } from '@bayway/contracts';
import { digestOf, epochSeconds } from '@bayway/envelope';
import type { EntityManager } from 'typeorm';
import { AskEntity } from '../asks/ask.entity.js';
import { AskHistoryEntity } from '../asks/ask-history.entity.js';
import { Signer } from '../signer.js';
import { ActEntity, inOrder } from './act.entity.js';
import type { ConsentEntity } from './consent.entity.js';
import { HistoryEntity } from './history.entity.js';
import { receiptOf } from './receipt.js';
import { ReceiptEntity } from './receipt.entity.js';

/** Signs what she keeps. */
@Injectable()
export class ReceiptsService {
  constructor(@Inject(Signer) private readonly signer: Signer) {}

  /** Signs and keeps the receipt of the state that a consent has just entered; acts and history are written by then. */
  async issue(tx: EntityManager, consent: ConsentEntity, at: Date): Promise<{ jws: string; digest: string }> {
    const consentId = consent.id;
    const ask = await tx.findOneByOrFail(AskEntity, { id: consent.askId });
    const [act, ...more] = inOrder(await tx.findBy(ActEntity, { consentId }));
    assert(act, 'a consent rests on acts');
    const history = await tx.find(HistoryEntity, { where: { consentId }, order: { seq: 'asc' } });
    const asked = await tx.find(AskHistoryEntity, { where: { askId: ask.id }, order: { seq: 'asc' } });
    const id = randomUUID();
    const { CONSOLE_URL: consoleUrl } = this.signer.config;
    const head = { iss: this.signer.me, jti: id, iat: epochSeconds(at), consoleUrl };
    const claims = receiptOf(
      {
        consent,
        ask,
        acts: [act, ...more],
        history: [...asked.map((row) => ({ ...row, cause: row.state === 'deferred' ? 'subject' : 'ask' })), ...history],
      },
      head,
    );
    const jws = await this.signer.sign('receipt', ConsentReceiptClaims, claims);
    await tx.insert(ReceiptEntity, { id, consentId, state: consent.state, jws, issuedAt: at });
    return { jws, digest: digestOf(jws) };
  }
}
