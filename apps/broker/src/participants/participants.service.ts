import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { DatasetId, Jurisdiction, ParticipantId } from '@bayway/domain';
import { CONFIG, SettingError, isAllowed } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { AuthorisationEntity } from './authorisation.entity.js';
import { DatasetEntity } from './dataset.entity.js';
import { ImpactAssessmentEntity } from './impact-assessment.entity.js';
import { InstrumentEntity } from './instrument.entity.js';
import { readParticipants, type ParticipantsFile } from './participants-file.js';
import { PartyEntity } from './party.entity.js';

/** A directed pair that a record would travel between. */
export type Pair = Readonly<{ holder: ParticipantId; importer: Jurisdiction; recipient: ParticipantId }>;

/** Who takes part in this jurisdiction, what they offer and what they have on file. */
@Injectable()
export class ParticipantsService implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** The file is the truth about participants: tables follow it at every start, and only once it was read as a whole. */
  async onModuleInit(): Promise<void> {
    const file = await readParticipants(this.config.PARTICIPANTS_FILE, this.config.JURISDICTION);
    assertReachable(file, this.config.WEBHOOK_HOSTS);
    await this.db.transaction((tx) => load(tx, file));
  }

  /** An active party. @throws DomainError `participant-unknown`, `participant-suspended` */
  async activeParty(id: ParticipantId): Promise<PartyEntity> {
    const party = await this.db.manager.findOneBy(PartyEntity, { id });
    if (!party) throw new DomainError('participant-unknown', { participant: id });
    if (party.status !== 'active') throw new DomainError('participant-suspended', { participant: id });
    return party;
  }

  /** What a holder offers under an id. @throws DomainError `dataset-unknown` */
  async datasetOf(holder: ParticipantId, id: DatasetId): Promise<DatasetEntity> {
    const dataset = await this.db.manager.findOneBy(DatasetEntity, { holder, id });
    if (!dataset) throw new DomainError('dataset-unknown', { holder, dataset: id });
    return dataset;
  }

  /** Instruments on file for a pair, the latest effective first. */
  instrumentsOf(pair: Pair): Promise<InstrumentEntity[]> {
    return this.db.manager.find(InstrumentEntity, { where: pair, order: { effectiveOn: 'DESC', kind: 'ASC' } });
  }

  /** The holder's impact assessment for a pair and dataset, or null. */
  impactAssessmentOf(pair: Pair, dataset: DatasetId): Promise<ImpactAssessmentEntity | null> {
    return this.db.manager.findOneBy(ImpactAssessmentEntity, { ...pair, dataset });
  }

  /** What the authority of Macao was told of a pair and dataset, or null. */
  authorisationOf(pair: Pair, dataset: DatasetId): Promise<AuthorisationEntity | null> {
    return this.db.manager.findOneBy(AuthorisationEntity, { ...pair, dataset });
  }
}

/** A webhook that would never be sent is a mistake in the file. @throws SettingError */
export function assertReachable({ parties }: ParticipantsFile, hosts: readonly string[]): void {
  const faults = parties.filter(({ webhook }) => webhook !== undefined && !isAllowed(new URL(webhook), hosts));
  if (faults.length > 0)
    throw new SettingError(
      faults.map(({ id }) => `PARTICIPANTS_FILE: webhook of \`${id}\` is not of the open Internet`),
    );
}

/** Instances that start together take turns. A party that left the file stays, suspended: old requests name it. */
async function load(tx: EntityManager, file: ParticipantsFile): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(4120)');
  await tx.query(`update party set status = 'suspended' where not id = any($1)`, [file.parties.map(({ id }) => id)]);
  await tx.query('delete from authorisation');
  await tx.query('delete from impact_assessment');
  await tx.query('delete from instrument');
  await tx.query('delete from dataset');
  await tx.save(PartyEntity, file.parties.map(partyRow), { chunk: 500 });
  await tx.save(DatasetEntity, file.datasets.map(datasetRow), { chunk: 500 });
  await tx.save(InstrumentEntity, file.instruments.map(instrumentRow), { chunk: 500 });
  await tx.save(ImpactAssessmentEntity, file.impactAssessments, { chunk: 500 });
  await tx.save(AuthorisationEntity, file.authorisations.map(authorisationRow), { chunk: 500 });
}

const partyRow = (party: ParticipantsFile['parties'][number]): PartyEntity => ({
  ...party,
  sector: party.sector ?? null,
  ciio: party.ciio ?? null,
  webhook: party.webhook ?? null,
});

const datasetRow = (dataset: ParticipantsFile['datasets'][number]): DatasetEntity => ({
  ...dataset,
  collectedFor: dataset.collectedFor ?? null,
  serviceLevel: dataset.serviceLevel ?? null,
});

const authorisationRow = (entry: ParticipantsFile['authorisations'][number]): AuthorisationEntity => ({
  ...entry,
  notifiedOn: entry.notifiedOn ?? null,
  authorisedOn: entry.authorisedOn ?? null,
});

const instrumentRow = ({ scope, ...entry }: ParticipantsFile['instruments'][number]): InstrumentEntity => ({
  ...entry,
  ...scope,
  signedOn: entry.signedOn ?? null,
  validUntil: entry.validUntil ?? null,
  filedOn: entry.filedOn ?? null,
  filedWith: entry.filedWith ?? null,
});
