import { Inject, Injectable } from '@nestjs/common';
import {
  connectorSigner,
  DomainError,
  participantSigner,
  type ParticipantKey,
  type ParticipantLine,
  type ParticipantsView,
  type ParticipantView,
} from '@bayway/contracts';
import type { Language, ParticipantId } from '@bayway/domain';
import { keyState } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import { CATEGORY_NAMES, PARTIES, SECTORS } from '@bayway/trust-rules';
import { DataSource } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { offerOf } from '../offers/offer.js';
import { DatasetEntity } from './dataset.entity.js';
import { InstrumentEntity } from './instrument.entity.js';
import { PartyEntity } from './party.entity.js';

type Held = Readonly<{ datasets: readonly DatasetEntity[]; instruments: readonly InstrumentEntity[] }>;

/** Reads who takes part: from the participants' file as it was loaded, and from the key directory as it stands. */
@Injectable()
export class ParticipantsReader {
  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  async all(language: Language): Promise<ParticipantsView> {
    const [parties, datasets, instruments] = await Promise.all([
      this.db.manager.find(PartyEntity, { order: { id: 'ASC' }, take: 1_000 }),
      this.db.manager.find(DatasetEntity),
      this.db.manager.find(InstrumentEntity),
    ]);
    const of = (id: ParticipantId): Held => ({
      datasets: datasets.filter(({ holder }) => holder === id),
      instruments: instruments.filter(({ holder }) => holder === id),
    });
    return { items: parties.map((party) => this.line(party, of(party.id), language)) };
  }

  /** @throws DomainError `participant-not-found` */
  async one(id: ParticipantId, language: Language): Promise<ParticipantView> {
    const party = await this.db.manager.findOneBy(PartyEntity, { id });
    if (!party) throw new DomainError('participant-not-found', { participant: id });
    const [datasets, instruments] = await Promise.all([
      this.db.manager.find(DatasetEntity, { where: { holder: id }, order: { id: 'ASC' } }),
      this.db.manager.find(InstrumentEntity, { where: { holder: id }, order: { recipient: 'ASC' } }),
    ]);
    return {
      ...this.line(party, { datasets, instruments }, language),
      contact: { role: party.contact.role[language], email: party.contact.email },
      authority: party.authority[language],
      sector: party.sector === null ? null : SECTORS[party.sector][language],
      keyring: this.keysOf(id),
      offers: datasets.map((dataset) => this.offer(party, dataset, language)),
      onFile: instruments.map(({ recipient, importer, kind, datasets: covered }) => ({
        ...{ recipient, importer, kind, datasets: [...covered] },
      })),
    };
  }

  private line(party: PartyEntity, { datasets, instruments }: Held, language: Language): ParticipantLine {
    const current = this.keysOf(party.id).filter(({ state }) => state === 'current');
    const ends = current.flatMap(({ to }) => (to === null ? [] : [to])).sort();
    return {
      ...{ id: party.id, name: party.name[language], place: party.place, status: party.status },
      kind: PARTIES[party.kind][language],
      ...{ datasets: datasets.length, instruments: instruments.length },
      ...{ keys: current.length, keyEndsAt: ends[0] ?? null },
    };
  }

  private offer(party: PartyEntity, dataset: DatasetEntity, language: Language): ParticipantView['offers'][number] {
    const here = this.config.JURISDICTION;
    const { items, answers, subjects, level, modes, serviceLevel } = offerOf(here, party, dataset);
    return {
      ...{ id: dataset.id, name: dataset.name[language], subjects, level, modes, serviceLevel },
      items: items.map(({ id, name, category, sensitive }) => ({
        ...{ id, name: name[language], category: CATEGORY_NAMES[category][language], sensitive: sensitive[here] },
      })),
      answers: answers.map(({ id, name, of }) => ({ id, name: name[language], of })),
    };
  }

  /** Its own keys and those of the connector beside it, the newest first. */
  private keysOf(id: ParticipantId): ParticipantKey[] {
    const owners = [participantSigner(this.config.JURISDICTION, id), connectorSigner(this.config.JURISDICTION, id)];
    const now = new Date();
    return this.keys
      .current()
      .latest()
      .filter(({ owner }) => owners.includes(owner))
      .map((entry) => ({ ...entry, state: keyState(entry, now) }))
      .sort((a, b) => b.from.localeCompare(a.from));
  }
}
