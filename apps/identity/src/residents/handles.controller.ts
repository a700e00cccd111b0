import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { connectorSigner, DomainError, resolveHandle } from '@bayway/contracts';
import { encryptTo } from '@bayway/envelope';
import { Access, CONFIG, Handles, inTransaction, Keys, recordEvidence } from '@bayway/service';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { IdentityConfig } from '../config.js';
import { SubjectHandleEntity } from './handle.entity.js';
import { Residents } from './residents.service.js';

type Question = z.infer<typeof resolveHandle.request>;

/** Tells the holder's connector whom a handle stands for; the answer only that connector can read. */
@Controller()
export class HandlesController {
  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(Residents) private readonly residents!: Residents;

  @Handles(resolveHandle)
  @Access('services')
  async resolve(
    @Payload({ schema: resolveHandle.request }) question: Question,
  ): Promise<z.infer<typeof resolveHandle.answer>> {
    const { subjectHandle, consentId, holder } = question;
    const row = await this.db.getRepository(SubjectHandleEntity).findOneBy({ handle: subjectHandle, consentId });
    if (row?.holder !== holder) throw new DomainError('handle-unknown');
    if (row.endedAt) throw new DomainError('consent-not-given');
    const owner = connectorSigner(this.config.JURISDICTION, holder);
    const recipient = this.keys.current().keysOf(owner, 'enc', new Date())[0];
    const resident = await this.residents.find(row.residentId);
    if (!recipient || !resident) throw new DomainError(recipient ? 'handle-unknown' : 'recipient-key-unknown');
    const documents = await this.residents.documentsOf(resident.id);
    const { kind, name, bornOn } = resident;
    const jwe = await encryptTo(recipient, { kind, documents, name, bornOn });
    await inTransaction(this.db, (tx) => recordEvidence(tx, 'handle.resolved', { subjectHandle, consentId, holder }));
    return { jwe };
  }
}
