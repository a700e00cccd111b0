import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  participantSigner,
  type ItemView,
  type LocalText,
  type ModeOffer,
  type Party,
} from '@bayway/contracts';
import { bayDay, type ItemId, type RoutedDetail, type SubjectFacts } from '@bayway/domain';
import { CONFIG, Keys } from '@bayway/service';
import { BrokerConfig } from '../config.js';
import { alternativesTo } from './alternatives.js';
import { CountersStore, type Counts } from '../counters/counters.store.js';
import { classOf } from '../counters/counting.js';
import { daysNotKnown, filingOf } from '../instruments/filing.js';
import type { InstrumentEntity } from '../participants/instrument.entity.js';
import type { DatasetEntity } from '../participants/dataset.entity.js';
import { ParticipantsService } from '../participants/participants.service.js';
import type { DatasetItem } from '../participants/participants-file.js';
import { toParty } from '../participants/party.entity.js';
import {
  asItem,
  exporterPart,
  importerPart,
  instrumentFor,
  isAboutOrganisation,
  isSensitive,
  type ExporterPart,
  type ImporterPart,
} from './parts.js';

/** What a side needs to know of a request to say its part. */
export type Wanted = Pick<
  RoutedDetail,
  'mode' | 'dataset' | 'holder' | 'items' | 'optional_items' | 'importer' | 'recipient' | 'recipient_key'
> & { purpose: Pick<RoutedDetail['purpose'], 'code'> };

type Recipient = Pick<Wanted, 'importer' | 'recipient' | 'recipient_key'>;

/** The recipient's side of a request. */
export type ImporterSide = Readonly<{ part: ImporterPart; party: Party }>;

/** The holder's side of a request. */
export type ExporterSide = Readonly<{
  part: ExporterPart;
  party: Party;
  dataset: { id: RoutedDetail['dataset']; name: LocalText };
  level: number;
  items: ItemView[];
  /** Other modes that the dataset offers. */
  alternatives: ModeOffer[];
}>;

/** What is known beside the request: the subject, once she is known to this side, and the day it is decided for. */
type Known = Readonly<{
  subject?: SubjectFacts | undefined;
  asOf?: string;
  /** Before it is known who she is, she counts as one more; when she is to be reserved, she does not yet. */
  counts?: 'one-more' | 'as-they-stand';
}>;

/** What each side alone knows about a request, from this jurisdiction's own registers. */
@Injectable()
export class SidesService {
  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(ParticipantsService) private readonly participants!: ParticipantsService;
  @Inject(CountersStore) private readonly counters!: CountersStore;

  /** @throws DomainError `participant-unknown`, `participant-suspended`, `recipient-key-unknown` */
  async importer(wanted: Recipient): Promise<ImporterSide> {
    const recipient = await this.participants.activeParty(wanted.recipient);
    this.requireRecipientKey(wanted);
    return { part: importerPart(recipient), party: toParty(recipient) };
  }

  /**
   * @throws DomainError `participant-unknown`, `participant-suspended`, `dataset-unknown`, `mode-not-offered`,
   * `item-unknown`, `request-facts-missing` when the filing of the instrument hangs on working days that nobody knows
   */
  async exporter(wanted: Wanted, known: Known = {}): Promise<ExporterSide> {
    const { subject, asOf = bayDay(new Date()) } = known;
    const holder = await this.participants.activeParty(wanted.holder);
    const dataset = await this.participants.datasetOf(holder.id, wanted.dataset);
    if (!dataset.modes.includes(wanted.mode)) throw new DomainError('mode-not-offered', { mode: wanted.mode });
    const items = itemsOf(dataset, wanted);
    const purpose = wanted.purpose.code;
    const pair = { holder: holder.id, importer: wanted.importer, recipient: wanted.recipient };
    const onFile = await this.participants.instrumentsOf(pair);
    const instrument = instrumentFor(onFile, { dataset, purpose, asOf });
    const part = exporterPart({
      ...{ holder, dataset, items, purpose, instrument, subject },
      impactAssessment: await this.participants.impactAssessmentOf(pair, dataset.id),
      authorisation: await this.participants.authorisationOf(pair, dataset.id),
      counters: await this.countsFor(holder.id, { items, asOf, ...known }),
      calendar: instrument && (await this.calendarFor(instrument)),
    });
    const { id, name, level } = dataset;
    const personal = !isAboutOrganisation({ subject, dataset });
    const shown = { items: viewsOf(items, wanted, personal), alternatives: alternativesTo(wanted, dataset) };
    return { part, party: toParty(holder), dataset: { id, name }, level, ...shown };
  }

  private async calendarFor(instrument: InstrumentEntity): Promise<ExporterPart['calendar'] | null> {
    const filing = await filingOf(instrument, this.config.JURISDICTION);
    if (filing?.state === 'not-known') throw daysNotKnown();
    return filing?.calendar ?? null;
  }

  /** The recipient's key is an encryption key of that recipient in the directory. @throws DomainError `recipient-key-unknown` */
  requireRecipientKey(wanted: Recipient): void {
    const owner = participantSigner(wanted.importer, wanted.recipient);
    const known = this.keys.current().keysOf(owner, 'enc', new Date());
    if (!known.some(({ kid }) => kid === wanted.recipient_key)) throw new DomainError('recipient-key-unknown');
  }

  private async countsFor(holder: Wanted['holder'], { items, asOf, subject, counts }: ToCount): Promise<Counts> {
    const standing = await this.counters.counts({ holder, year: Number(asOf.slice(0, 4)) });
    if (counts === 'as-they-stand') return standing;
    const kind = classOf(items, subject?.bornOn, asOf);
    return { ...standing, [kind]: standing[kind] + 1 };
  }
}

type ToCount = Known & Readonly<{ items: readonly DatasetItem[]; asOf: string }>;

function itemsOf(dataset: DatasetEntity, wanted: Wanted): DatasetItem[] {
  const ids: ItemId[] = [...new Set([...wanted.items, ...wanted.optional_items])];
  const offered = wanted.mode === 'answer' ? dataset.answers.map((answer) => asItem(answer, dataset)) : dataset.items;
  return ids.map((id) => {
    const item = offered.find((each) => each.id === id);
    if (!item) throw new DomainError('item-unknown', { dataset: dataset.id, item: id });
    return item;
  });
}

/** @param personal whether the record is about a person: nothing about an organisation is sensitive personal information */
const viewsOf = (items: readonly DatasetItem[], { items: required }: Wanted, personal: boolean): ItemView[] =>
  items.map((item) => ({
    id: item.id,
    name: item.name,
    sensitive: personal && isSensitive(item),
    optional: !required.includes(item.id),
  }));
