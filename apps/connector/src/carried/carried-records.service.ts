import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { DatasetId, IdentityDocument } from '@bayway/domain';
import { CarriedRecordClaims, digestOf, epochSeconds, randomName, sign } from '@bayway/envelope';
import { recordEvidence, Transactions } from '@bayway/service';
import { Source } from '../records/source.js';
import { CONNECTOR_FILE, type ConnectorFile, type Dataset } from '../settings/connector-file.js';
import { HolderKey } from '../settings/holder-key.js';
import { PersonNames } from '../settings/person-names.js';
import { CarriedRecordEntity } from './carried-record.entity.js';

/** A file may be carried and compared for this long. */
const LIFE_MS = 30 * 86_400_000;

/** Signs people's own records for them to carry. */
@Injectable()
export class CarriedRecordsService {
  @Inject(CONNECTOR_FILE) private readonly file!: ConnectorFile;
  @Inject(HolderKey) private readonly holderKey!: HolderKey;
  @Inject(Source) private readonly source!: Source;
  @Inject(PersonNames) private readonly names!: PersonNames;
  @Inject(Transactions) private readonly transactions!: Transactions;

  /**
   * The record that is kept under one of the documents, with a nonce, signed. Nothing of it stays but its digest.
   * @throws DomainError `dataset-unknown`, `item-unknown`, `record-not-found`, `record-invalid`, `holder-unreachable`
   */
  async make(
    wanted: { dataset: DatasetId; items?: readonly string[] },
    documents: readonly IdentityDocument[],
  ): Promise<string> {
    const dataset = (this.file.datasets as Record<string, Dataset | undefined>)[wanted.dataset];
    if (!dataset) throw new DomainError('dataset-unknown', { dataset: wanted.dataset });
    const asked = { items: wanted.items ?? Object.keys(dataset.items), range: undefined };
    const { document, items } = await this.source.read(dataset, asked, documents);
    const issuedAt = new Date();
    const expiresAt = new Date(issuedAt.getTime() + LIFE_MS);
    const claims = CarriedRecordClaims.parse({
      ...{ iss: this.file.holder, iat: epochSeconds(issuedAt), exp: epochSeconds(expiresAt), nonce: randomName() },
      ...{ dataset: wanted.dataset, items },
    });
    if (Buffer.byteLength(JSON.stringify(claims)) > this.file.recordBytes)
      throw new DomainError('record-invalid', { detail: `more than ${this.file.recordBytes} bytes` });
    const signed = await sign(await this.holderKey.current(), 'carried', claims);
    const digest = digestOf(signed);
    const person = this.names.nameOf('carried', document);
    const row = { digest, person, dataset: wanted.dataset, items: Object.keys(items), issuedAt, expiresAt };
    await this.transactions.run(async (tx) => {
      await tx.insert(CarriedRecordEntity, row);
      await recordEvidence(tx, 'record.carried', { digest, dataset: wanted.dataset });
    });
    return signed;
  }
}
