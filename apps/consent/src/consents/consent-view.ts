import type { ConsentView } from '@bayway/contracts';
import { In, type EntityManager } from 'typeorm';
import { AcknowledgementEntity } from '../acknowledgements/acknowledgement.entity.js';
import { AskEntity } from '../asks/ask.entity.js';
import { UseEntity } from '../permits/use.entity.js';
import { ActEntity, inOrder } from './act.entity.js';
import type { ConsentEntity } from './consent.entity.js';
import { ReceiptEntity } from './receipt.entity.js';

/** Everything she sees beside the rows of her consents, read in one go for a whole page. */
type Around = Readonly<{
  asks: readonly AskEntity[];
  acts: readonly ActEntity[];
  uses: readonly UseEntity[];
  acknowledgements: readonly AcknowledgementEntity[];
  receipts: readonly ReceiptEntity[];
}>;

/** A consent as its subject sees it. */
export async function viewOf(db: EntityManager, consent: ConsentEntity): Promise<ConsentView> {
  const around = await readAround(db, [consent]);
  return toView(consent, around);
}

/** Consents as their subject sees them, in the given order. */
export async function viewsOf(db: EntityManager, consents: readonly ConsentEntity[]): Promise<ConsentView[]> {
  const around = await readAround(db, consents);
  return consents.map((consent) => toView(consent, around));
}

async function readAround(db: EntityManager, consents: readonly ConsentEntity[]): Promise<Around> {
  const consentId = In(consents.map(({ id }) => id));
  return {
    asks: await db.findBy(AskEntity, { id: In(consents.map(({ askId }) => askId)) }),
    acts: inOrder(await db.findBy(ActEntity, { consentId })),
    uses: await db.find(UseEntity, { where: { consentId }, order: { no: 'desc' } }),
    acknowledgements: await db.find(AcknowledgementEntity, {
      where: { consentId },
      order: { what: 'desc', by: 'asc' },
    }),
    receipts: await db.find(ReceiptEntity, { where: { consentId }, order: { issuedAt: 'desc' } }),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function toView(consent: ConsentEntity, around: Around): ConsentView {
  const { id, state, detail } = consent;
  const ask = around.asks.find((row) => row.id === consent.askId) as AskEntity;
  const acts = around.acts.filter((row) => row.consentId === id);
  const receipt = around.receipts.find((row) => row.consentId === id);
  return {
    id: id as ConsentView['id'],
    state,
    ...(consent.actingAs === 'self' ? {} : { actingAs: consent.actingAs }),
    ...(ask.subjectName === null ? {} : { subjectName: ask.subjectName }),
    ...partiesOf(ask),
    items: consent.items.map((item) => ({ id: item.id, name: item.name, sensitive: item.sensitive })),
    purpose: detail.purpose,
    acts: acts.map(({ kind, answer, signedAt }) => ({ kind, answer, at: signedAt.toISOString() })),
    givenAt: iso(consent.givenAt),
    endedAt: iso(consent.endedAt),
    validUntil: detail.valid_until,
    retentionUntil: detail.retention_until,
    maxUses: consent.maxUses,
    ...happenedTo(id, around),
    receipt: receipt?.jws ?? '',
    shown: { language: acts[0]?.language ?? 'en', digest: acts[0]?.shownDigest ?? '' },
  };
}

function partiesOf({ parties: { holder, recipient, dataset } }: AskEntity) {
  return {
    dataset,
    holder: { id: holder.id, name: holder.name, place: holder.place },
    recipient: {
      id: recipient.id,
      name: recipient.name,
      place: recipient.place,
      contact: recipient.contact,
      authority: recipient.authority,
    },
  };
}

/** What was done under the consent, newest first, and who has acknowledged its end. */
function happenedTo(consentId: string, around: Around): Pick<ConsentView, 'uses' | 'acknowledgements'> {
  return {
    uses: around.uses
      .filter((row) => row.consentId === consentId)
      .map((use) => ({
        dataRequestId: use.dataRequestId as ConsentView['uses'][number]['dataRequestId'],
        at: use.startedAt.toISOString(),
        releasedAt: iso(use.releasedAt),
        receivedAt: iso(use.receivedAt),
      })),
    acknowledgements: around.acknowledgements
      .filter((row) => row.consentId === consentId)
      .map((row) => ({
        by: row.by,
        what: row.what,
        toldAt: iso(row.toldAt),
        at: iso(row.at),
        statement: row.statement,
        deleteBy: row.deleteBy,
        dueAt: iso(row.dueAt),
        silentSince: iso(row.silentSince),
      })),
  };
}
