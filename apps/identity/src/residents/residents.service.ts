import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type NamedSubject } from '@bayway/contracts';
import {
  DocumentKind,
  documentSubject,
  isValidDocument,
  matchKey,
  normaliseDocument,
  type Assurance,
  type IdentityDocument,
} from '@bayway/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Secrets } from '../secrets.js';
import { ResidentDocumentEntity, ResidentEntity, UpstreamAccountEntity } from './resident.entity.js';

/** What a city has verified about the person who just signed in. */
export type VerifiedPerson = Readonly<{
  issuer: string;
  sub: string;
  name: string;
  nameLatin: string | null;
  bornOn: string | null;
  documents: readonly IdentityDocument[];
  assurance: Assurance;
  /** When the city saw her, seconds since 1970. */
  authTime: number;
}>;

/** Residents of this jurisdiction. National numbers are read here, sealed here, and leave only towards a connector. */
@Injectable()
export class Residents {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  find(id: string): Promise<ResidentEntity | null> {
    return this.db.getRepository(ResidentEntity).findOneBy({ id });
  }

  /**
   * The resident behind a city's account: known by the account, else by one of its documents, else new.
   * @throws DomainError `link-conflict` when account and documents belong to different residents
   */
  async recognise(person: VerifiedPerson): Promise<ResidentEntity> {
    try {
      return await this.recogniseOnce(person);
    } catch (error) {
      // Two first sign-ins of one person at the same time: the second one finds what the first one made.
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) return this.recogniseOnce(person);
      throw error;
    }
  }

  /** Whom a document names, if anybody here. */
  async findByDocument(document: IdentityDocument): Promise<ResidentEntity | null> {
    const matchDigest = this.digestOf(normaliseDocument(document));
    const found = await this.db.getRepository(ResidentDocumentEntity).findOneBy({ matchDigest });
    return found && this.find(found.residentId);
  }

  /**
   * A child or an organisation, by the document of which an administrator has seen the original; entered when it is not
   * known yet. What a city has verified about somebody who is known is not changed.
   * @throws DomainError `request-invalid` when document, kind and day of birth do not go together
   */
  async enrol({ kind, name, document, ...rest }: NamedSubject): Promise<ResidentEntity> {
    const [nameLatin, bornOn] = [rest.nameLatin ?? null, rest.bornOn ?? null];
    if (!isValidDocument(document.kind, document.number) || documentSubject(document.kind) !== kind)
      throw invalid('#/subject/document', 'is not well formed, or of another kind of subject');
    const known = await this.findByDocument(document);
    if (known && (known.kind !== kind || (known.bornOn ?? bornOn) !== bornOn))
      throw invalid('#/subject/bornOn', 'differs from what is known under this document');
    if (known) return known;
    const normal = normaliseDocument(document);
    const row = { id: randomUUID(), kind, name, nameLatin, bornOn, level: 1, updatedAt: new Date() };
    return this.db.transaction(async (tx) => {
      const resident = await tx.save(ResidentEntity, row);
      await this.keepDocument(tx, resident.id, { document: normal, digest: this.digestOf(normal) });
      return resident;
    });
  }

  private recogniseOnce(person: VerifiedPerson): Promise<ResidentEntity> {
    const documents = person.documents
      .filter(({ kind, number }) => isValidDocument(kind, number))
      .map((document) => ({ document: normaliseDocument(document), digest: this.digestOf(document) }));
    return this.db.transaction(async (tx) => {
      const known = await this.knownAs(
        tx,
        person,
        documents.map(({ digest }) => digest),
      );
      const resident = await this.keep(tx, known, person);
      for (const { document, digest } of documents) await this.keepDocument(tx, resident.id, { document, digest });
      const account = { issuer: person.issuer, sub: person.sub, residentId: resident.id, lastUsedAt: new Date() };
      await tx.upsert(UpstreamAccountEntity, account, ['issuer', 'sub']);
      return resident;
    });
  }

  private async knownAs(tx: EntityManager, person: VerifiedPerson, digests: string[]): Promise<string | null> {
    const rows: { resident_id: string }[] = await tx.query(
      `select resident_id from upstream_account where issuer = $1 and sub = $2
       union select resident_id from resident_document where match_digest = any($3)`,
      [person.issuer, person.sub, digests],
    );
    if (rows.length > 1) throw new DomainError('link-conflict');
    return rows[0]?.resident_id ?? null;
  }

  private keep(tx: EntityManager, id: string | null, person: VerifiedPerson): Promise<ResidentEntity> {
    const { name, nameLatin, bornOn, assurance } = person;
    const row = { id: id ?? randomUUID(), kind: 'person' as const, name, nameLatin, bornOn, level: assurance.level };
    return tx.save(ResidentEntity, { ...row, updatedAt: new Date() });
  }

  private async keepDocument(tx: EntityManager, residentId: string, found: Found): Promise<void> {
    const { kind, number } = found.document;
    const row = {
      residentId,
      kind,
      matchDigest: found.digest,
      sealed: this.secrets.seal(number, `${residentId}:${kind}`),
    };
    await tx.upsert(ResidentDocumentEntity, row, ['residentId', 'kind', 'matchDigest']);
  }

  /** All documents of a resident, in the clear: for a connector of this jurisdiction, encrypted to it. */
  async documentsOf(residentId: string): Promise<IdentityDocument[]> {
    const rows = await this.db.getRepository(ResidentDocumentEntity).findBy({ residentId });
    return rows.map(({ kind, sealed }) => ({
      kind: DocumentKind.parse(kind),
      number: this.secrets.open(sealed, `${residentId}:${kind}`),
    }));
  }

  /** Her accounts at cities, the one used last first. */
  accountsOf(residentId: string): Promise<UpstreamAccountEntity[]> {
    return this.db.getRepository(UpstreamAccountEntity).find({ where: { residentId }, order: { lastUsedAt: 'DESC' } });
  }

  private digestOf(document: IdentityDocument): string {
    return this.secrets.mac('matching', matchKey(document));
  }
}

type Found = Readonly<{ document: IdentityDocument; digest: string }>;

const invalid = (pointer: string, detail: string): DomainError =>
  new DomainError('request-invalid', { errors: [{ pointer, detail }] });

const UNIQUE_VIOLATION = '23505';
