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

const KNOWN = `
  select resident_id from upstream_account where issuer = $1 and sub = $2
  union select resident_id from resident_document where match_digest = any($3)`;

/** All that a city has verified about somebody, at once. */
const KEEP = `
  with kept as (
    insert into resident (id, kind, name, name_latin, born_on, level, updated_at)
    values ($1, 'person', $2, $3, $4, $5, now())
    on conflict (id) do update set kind = excluded.kind, name = excluded.name, name_latin = excluded.name_latin,
      born_on = excluded.born_on, level = excluded.level, updated_at = excluded.updated_at),
  shown as (
    insert into resident_document (resident_id, kind, match_digest, sealed)
    select $1, kind, match_digest, sealed from unnest($6::text[], $7::text[], $8::bytea[]) d (kind, match_digest, sealed)
    on conflict (resident_id, kind, match_digest) do update set sealed = excluded.sealed)
  insert into upstream_account (issuer, sub, resident_id, last_used_at) values ($9, $10, $1, now())
  on conflict (issuer, sub) do update set resident_id = excluded.resident_id, last_used_at = excluded.last_used_at`;

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
   * @returns her id
   * @throws DomainError `link-conflict` when account and documents belong to different residents
   */
  async recognise(person: VerifiedPerson): Promise<string> {
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
    const row = { id: randomUUID(), kind, name, nameLatin, bornOn, level: 1, updatedAt: new Date() };
    return this.db.transaction(async (tx) => {
      const resident = await tx.save(ResidentEntity, row);
      await this.keepDocument(tx, resident.id, normaliseDocument(document));
      return resident;
    });
  }

  private async recogniseOnce(person: VerifiedPerson): Promise<string> {
    const documents = new Map<string, IdentityDocument>();
    for (const { kind, number } of person.documents)
      if (isValidDocument(kind, number)) {
        const document = normaliseDocument({ kind, number });
        documents.set(this.digestOf(document), document);
      }
    const residentId = (await this.knownAs(person, [...documents.keys()])) ?? randomUUID();
    await this.keep(residentId, person, documents);
    return residentId;
  }

  private async knownAs({ issuer, sub }: VerifiedPerson, digests: string[]): Promise<string | null> {
    const rows: { resident_id: string }[] = await this.db.query(KNOWN, [issuer, sub, digests]);
    if (rows.length > 1) throw new DomainError('link-conflict');
    return rows[0]?.resident_id ?? null;
  }

  private async keep(id: string, person: VerifiedPerson, documents: ReadonlyMap<string, IdentityDocument>) {
    const { issuer, sub, name, nameLatin, bornOn, assurance } = person;
    const sealed = [...documents.values()].map(({ kind, number }) => this.secrets.seal(number, `${id}:${kind}`));
    const kinds = [...documents.values()].map(({ kind }) => kind);
    const digests = [...documents.keys()];
    await this.db.query(KEEP, [id, name, nameLatin, bornOn, assurance.level, kinds, digests, sealed, issuer, sub]);
  }

  private async keepDocument(tx: EntityManager, residentId: string, document: IdentityDocument): Promise<void> {
    const { kind, number } = document;
    const sealed = this.secrets.seal(number, `${residentId}:${kind}`);
    const row = { residentId, kind, matchDigest: this.digestOf(document), sealed };
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

const invalid = (pointer: string, detail: string): DomainError =>
  new DomainError('request-invalid', { errors: [{ pointer, detail }] });

const UNIQUE_VIOLATION = '23505';
