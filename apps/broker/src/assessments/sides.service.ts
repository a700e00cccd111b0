import { Inject, Injectable } from '@nestjs/common';
import { DomainError, participantSigner, type ItemView, type LocalText, type Party } from '@bayway/contracts';
import type { ItemId, RoutedDetail, SubjectFacts } from '@bayway/domain';
import { Keys } from '@bayway/service';
import { CountersStore, type CounterClass, type Counts } from '../counters/counters.store.js';
import type { DatasetEntity } from '../participants/dataset.entity.js';
import { ParticipantsService } from '../participants/participants.service.js';
import type { DatasetItem } from '../participants/participants-file.js';
import { toParty } from '../participants/party.entity.js';
import { bayDay } from './bay-day.js';
import { exporterPart, importerPart, isSensitive, type ExporterPart, type ImporterPart } from './parts.js';

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
  /** As which the person would be counted, by the items asked for. */
  class: CounterClass;
}>;

/** What each side alone knows about a request, from this jurisdiction's own registers. */
@Injectable()
export class SidesService {
  constructor(
    @Inject(Keys) private readonly keys: Keys,
    @Inject(ParticipantsService) private readonly participants: ParticipantsService,
    @Inject(CountersStore) private readonly counters: CountersStore,
  ) {}

  /** @throws DomainError `participant-unknown`, `participant-suspended`, `recipient-key-unknown` */
  async importer(wanted: Recipient): Promise<ImporterSide> {
    const recipient = await this.participants.activeParty(wanted.recipient);
    this.requireRecipientKey(wanted);
    return { part: importerPart(recipient), party: toParty(recipient) };
  }

  /**
   * @param known the subject, once she is known to this side, and the yearly counts with her in them, once she is counted
   * @throws DomainError `participant-unknown`, `participant-suspended`, `dataset-unknown`, `mode-not-offered`, `item-unknown`
   */
  async exporter(
    wanted: Wanted,
    known: { subject?: SubjectFacts | undefined; counts?: Counts } = {},
  ): Promise<ExporterSide> {
    const holder = await this.participants.activeParty(wanted.holder);
    const dataset = await this.participants.datasetOf(holder.id, wanted.dataset);
    if (!dataset.modes.includes(wanted.mode)) throw new DomainError('mode-not-offered', { mode: wanted.mode });
    const items = itemsOf(dataset, wanted);
    const asOf = bayDay(new Date());
    const kind = counterClass(items, known.subject, asOf);
    const pair = { holder: holder.id, importer: wanted.importer, recipient: wanted.recipient };
    const part = exporterPart({
      holder,
      dataset,
      items,
      purpose: wanted.purpose.code,
      instruments: await this.participants.instrumentsOf(pair),
      impactAssessment: await this.participants.impactAssessmentOf(pair, dataset.id),
      counters: known.counts ?? (await this.countsWithOneMore(holder.id, kind, asOf)),
      subject: known.subject,
      asOf,
    });
    const { id, name, level } = dataset;
    return { part, party: toParty(holder), dataset: { id, name }, level, items: viewsOf(items, wanted), class: kind };
  }

  /** The recipient's key is an encryption key of that recipient in the directory. @throws DomainError `recipient-key-unknown` */
  requireRecipientKey(wanted: Recipient): void {
    const owner = participantSigner(wanted.importer, wanted.recipient);
    const known = this.keys.current().keysOf(owner, 'enc', new Date());
    if (!known.some(({ kid }) => kid === wanted.recipient_key)) throw new DomainError('recipient-key-unknown');
  }

  /** Before it is known who she is, she counts as one more. */
  private async countsWithOneMore(holder: Wanted['holder'], kind: CounterClass, asOf: string): Promise<Counts> {
    const counts = await this.counters.counts(holder, Number(asOf.slice(0, 4)));
    return { ...counts, [kind]: counts[kind] + 1 };
  }
}

function itemsOf(dataset: DatasetEntity, wanted: Wanted): DatasetItem[] {
  const ids: ItemId[] = [...new Set([...wanted.items, ...wanted.optional_items])];
  return ids.map((id) => {
    const item = dataset.items.find((offered) => offered.id === id);
    if (!item) throw new DomainError('item-unknown', { dataset: dataset.id, item: id });
    return item;
  });
}

const viewsOf = (items: readonly DatasetItem[], { items: required }: Wanted): ItemView[] =>
  items.map((item) => ({
    id: item.id,
    name: item.name,
    sensitive: isSensitive(item),
    optional: !required.includes(item.id),
  }));

/** Sensitive when an item is, or when the person is under 14 (PIPL 28). */
function counterClass(items: readonly DatasetItem[], subject: SubjectFacts | undefined, asOf: string): CounterClass {
  const bornOn = subject?.bornOn;
  const turns14 = bornOn && `${Number(bornOn.slice(0, 4)) + 14}${bornOn.slice(4)}`;
  return items.some(isSensitive) || (turns14 && asOf < turns14) ? 'sensitive' : 'general';
}
