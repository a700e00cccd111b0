import type { EvidenceStatement, RecordKeeper } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';

type Fields = EvidenceStatement['record'];

/** A release as its connector states it. */
export type Release = Readonly<{ commitment: string; owner: string; record: Fields }>;

/** Who states something: a service, and its name as in the key directory. */
export type Keeper = Readonly<{ service: RecordKeeper; owner: string }>;

/**
 * Joins what the services of one side say into one case per release. Each fact is believed only from the service whose
 * fact it is. It holds ids and digests: of consents, and of releases until nothing is missing about them.
 */
export class CaseBook {
  /** Releases so far. */
  releases = 0;
  private readonly open = new Map<string, Release>();
  /** What had its salts destroyed, as each holder attested for its own records: its name and an id. */
  private readonly destroyed = new Set<string>();
  private readonly given = new Set<string>();
  private readonly withdrawnAt = new Map<string, string>();
  private readonly permits = new Map<string, Fields>();
  private readonly assessments = new Set<string>();
  private readonly arrivals = new Map<string, Fields>();

  /** Takes in what one service says. */
  add({ service, owner }: Keeper, { record, commitment }: Pick<EvidenceStatement, 'record' | 'commitment'>): void {
    if (service === 'connector' && record['type'] === 'release.made') this.addRelease({ commitment, owner, record });
    if (service === 'consent') this.addOfConsent(record);
    if (service === 'broker') this.addOfBroker(record);
    if (record['type'] === 'salts.destroyed') this.addErasure(owner, record);
  }

  private addRelease(release: Release): void {
    this.open.set(release.commitment, release);
    this.releases += 1;
  }

  /** Releases of which something is not known yet, or wrong. */
  openReleases(): readonly Release[] {
    return [...this.open.values()];
  }

  /** Nothing is missing about this release: what only its case was made of is forgotten. */
  close({ commitment, record }: Release): void {
    this.open.delete(commitment);
    this.permits.delete(text(record['permitDigest']));
    this.arrivals.delete(text(record['dataRequestId']));
    this.assessments.delete(`${text(record['exporterAssessmentDigest'])} ${text(record['requestDigest'])}`);
  }

  private addOfConsent(record: Fields): void {
    const consent = text(record['consentId']);
    if (record['type'] === 'consent.given') this.given.add(consent);
    if (record['type'] === 'consent.ended' && record['state'] === 'withdrawn')
      this.withdrawnAt.set(consent, text(record['at']));
    if (record['type'] === 'permit.issued') this.permits.set(text(record['permitDigest']), record);
  }

  private addErasure(owner: string, { ended, requests, flows, asks }: Fields): void {
    for (const id of [text(ended), ...[requests, flows, asks].flatMap((ids) => (Array.isArray(ids) ? ids : []))])
      if (id !== '') this.destroyed.add(`${owner} ${id}`);
  }

  private addOfBroker(record: Fields): void {
    if (record['type'] === 'request.arrived') this.arrivals.set(text(record['dataRequestId']), record);
    if (record['type'] === 'assessment.made' && record['stage'] === 'release' && record['outcome'] === 'permit')
      this.assessments.add(`${text(record['assessment'])} ${text(record['requestDigest'])}`);
  }

  /** Whether a permit of a consent that was given, and not withdrawn before it, stands behind a release. */
  hasConsent({ record }: Release): boolean {
    const permit = this.permits.get(text(record['permitDigest']));
    const consent = text(record['consentId']);
    if (!permit || !same(permit, record, NAMED) || !this.given.has(consent)) return false;
    const withdrawn = this.withdrawnAt.get(consent);
    return withdrawn === undefined || Date.parse(withdrawn) >= Date.parse(text(permit['at']));
  }

  /** Whether this side's broker assessed the released request and took in the other side's assessment over it. */
  hasBothAssessments({ record }: Release): boolean {
    const arrival = this.arrivals.get(text(record['dataRequestId']));
    const own = `${text(record['exporterAssessmentDigest'])} ${text(record['requestDigest'])}`;
    return (
      arrival !== undefined &&
      arrival['requestDigest'] === record['requestDigest'] &&
      arrival['assessment'] === record['importerAssessmentDigest'] &&
      this.assessments.has(own)
    );
  }

  /** Whose side the record went to; `undefined` when no request from anywhere is on record. */
  importerOf({ record }: Release): Jurisdiction | undefined {
    const importer = this.arrivals.get(text(record['dataRequestId']))?.['importer'];
    return JURISDICTIONS.find((jurisdiction) => jurisdiction === importer);
  }

  /** Whether the salt of this record may be gone: its holder attested that it destroyed it. */
  isErased({ owner, record }: Pick<Release, 'owner' | 'record'>): boolean {
    return ERASED.some((name) => this.destroyed.has(`${owner} ${text(record[name])}`));
  }
}

/** Ids by which a record belongs to what was erased. */
const ERASED = ['consentId', 'dataRequestId', 'flowId', 'askId'] as const;

const NAMED = [
  ...['consentId', 'dataRequestId', 'requestDigest'],
  ...['importerAssessmentDigest', 'exporterAssessmentDigest'],
] as const;

const text = (value: Fields[string] | undefined): string => (typeof value === 'string' ? value : '');

const same = (one: Fields, other: Fields, names: readonly string[]): boolean =>
  names.every((name) => typeof one[name] === 'string' && one[name] === other[name]);
