import { Inject, Injectable } from '@nestjs/common';
import { DomainError, resolveHandle } from '@bayway/contracts';
import { bayDay, IdentityDocument } from '@bayway/domain';
import { decryptValue, digestOf, sealSigned, sign } from '@bayway/envelope';
import { Bus, Keys } from '@bayway/service';
import { z } from 'zod';
import type { Verified } from '../releases/orders.service.js';
import { CONNECTOR_FILE, type ConnectorFile } from '../settings/connector-file.js';
import { ComparisonsService } from '../carried/comparisons.service.js';
import { PersonNames } from '../settings/person-names.js';
import { HolderKey } from '../settings/holder-key.js';
import { AnswersStore, type Answering } from '../answers/answers.store.js';
import { answersFrom, sourcesOf } from './answers.js';
import { conditionsOf, permitted, recordOf } from './record.js';
import type { Answered, Said } from './rows.js';
import { Source } from './source.js';

/** What identity tells of a subject: only the documents are used here. */
const Resolved = z.object({ documents: z.array(IdentityDocument).max(20) });

/** A record that only its recipient can read, and the digest of what is inside. */
export type Sealed = Readonly<{
  ciphertext: string;
  recordDigest: string;
  /** Set in mode `answer`. */
  answering: Answering | null;
  /** In mode `verify`: the file that was found the same, to be used up. */
  compared: string | null;
}>;

type Found = Readonly<{ items: Readonly<Record<string, Said | Answered>> }> & Pick<Sealed, 'answering' | 'compared'>;

/** Reads, minimises, signs and encrypts a record. The plain record exists in memory only, and is logged nowhere. */
@Injectable()
export class RecordsService {
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(CONNECTOR_FILE) private readonly file!: ConnectorFile;
  @Inject(HolderKey) private readonly holderKey!: HolderKey;
  @Inject(Source) private readonly source!: Source;
  @Inject(AnswersStore) private readonly answers!: AnswersStore;
  @Inject(ComparisonsService) private readonly comparisons!: ComparisonsService;
  @Inject(PersonNames) private readonly names!: PersonNames;

  /** @throws DomainError `handle-unknown`, `record-not-found`, `record-invalid`, `holder-unreachable`, `request-not-lawful`, `request-answers-used-up` */
  async seal(verified: Verified): Promise<Sealed> {
    const { request, requestDigest, assessments, recipientKey } = verified;
    const { items: wanted, leftOut } = permitted(request.items, assessments);
    if (wanted.length === 0) throw new DomainError('request-not-lawful');
    const { items, answering, compared } = await this.found(verified, wanted);
    const conditions = conditionsOf(assessments);
    const record = recordOf(request, { requestDigest, items, left_out: leftOut, conditions }, new Date());
    if (Buffer.byteLength(JSON.stringify(record)) > this.file.recordBytes)
      throw new DomainError('record-invalid', { detail: `more than ${this.file.recordBytes} bytes` });
    const signed = await sign(await this.holderKey.current(), 'record', record);
    return { ciphertext: await sealSigned(signed, recipientKey), recordDigest: digestOf(signed), answering, compared };
  }

  /** What the record says: what is on file, or only the answers that are drawn from it. */
  private async found(verified: Verified, wanted: readonly string[]): Promise<Found> {
    const { dataset, mode, request } = verified;
    if (mode === 'verify') return this.compared(verified);
    const asked = { items: mode === 'answer' ? sourcesOf(dataset, wanted) : wanted, range: request.data_range };
    const { document, items } = await this.source.read(dataset, asked, await this.documentsOf(verified));
    if (mode !== 'answer') return { items, answering: null, compared: null };
    const answering = { person: this.names.nameOf('answers', document), answers: [...new Set(wanted)] };
    await this.answers.assertOpen(verified, answering);
    return {
      items: await answersFrom(dataset, wanted, { items, asOf: bayDay(new Date()) }),
      answering,
      compared: null,
    };
  }

  /** Nothing is read: the file that she carries is the one she was given, or it is not. */
  private async compared(verified: Verified): Promise<Found> {
    const compared = await this.comparisons.find(verified, await this.documentsOf(verified));
    return { items: { match: compared !== null }, answering: null, compared };
  }

  /** The subject's documents, told by identity to this connector alone. */
  private async documentsOf({ request }: Verified): Promise<IdentityDocument[]> {
    const { jwe } = await this.bus.ask(resolveHandle, {
      subjectHandle: request.subject_handle,
      consentId: request.consent_id,
      holder: request.holder,
    });
    const resolved = Resolved.safeParse(await this.opened(jwe));
    if (!resolved.success) throw new DomainError('answer-invalid', { subject: resolveHandle.subject });
    return resolved.data.documents;
  }

  /** During a rotation the answer may still be for the key before. */
  private async opened(jwe: string): Promise<unknown> {
    for (const key of this.keys.ownAll('enc')) {
      const value = await decryptValue(jwe, key).catch(() => undefined);
      if (value !== undefined) return value;
    }
    throw new DomainError('answer-invalid', { subject: resolveHandle.subject });
  }
}
