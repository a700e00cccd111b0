import { randomUUID } from 'node:crypto';
import { ConsentView } from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import { digestOf, randomName } from '@bayway/envelope';
import type { z } from 'zod';

type Names = Record<Language, string>;

export const BANK: Names = {
  'zh-Hant': '青灣銀行',
  'zh-Hans': '青湾银行',
  pt: 'Banco Tsing Wan',
  en: 'Tsing Wan Bank',
};
export const AGENCY: Names = {
  'zh-Hant': '鵬灣徵信',
  'zh-Hans': '鹏湾征信',
  pt: 'Crédito Pengwan',
  en: 'Pengwan Credit',
};
const REPORT: Names = { 'zh-Hant': '信貸報告', 'zh-Hans': '信用报告', pt: 'relatório de crédito', en: 'credit report' };
const ROLE: Names = { 'zh-Hant': '私隱主任', 'zh-Hans': '隐私专员', pt: 'encarregado', en: 'privacy officer' };
const AUTHORITY: Names = { 'zh-Hant': '私隱專員', 'zh-Hans': '隐私专员公署', pt: 'Comissário', en: 'Commissioner' };

/** A use of a consent that was released and received. */
export const newUse = (over: Record<string, unknown> = {}) => ({
  dataRequestId: randomUUID(),
  at: '2026-11-20T02:00:00.000Z',
  releasedAt: '2026-11-20T02:00:01.000Z',
  receivedAt: '2026-11-20T02:00:02.000Z',
  ...over,
});

/** A consent in force, used once; valid and boring, with overrides. */
export const newConsent = (over: Partial<z.input<typeof ConsentView>> = {}): ConsentView =>
  ConsentView.parse({
    id: randomUUID(),
    state: 'given',
    dataset: { id: 'credit-report', name: REPORT },
    items: [
      {
        id: 'defaults',
        name: { 'zh-Hant': '拖欠', 'zh-Hans': '逾期', pt: 'incumprimentos', en: 'defaults' },
        sensitive: true,
      },
    ],
    holder: { id: 'pengwan-credit', name: AGENCY, place: 'CN-440300' },
    recipient: {
      id: 'tsing-wan-bank',
      name: BANK,
      place: 'HK',
      contact: { role: ROLE, email: 'privacy@tsingwan.example' },
      authority: AUTHORITY,
    },
    purpose: { code: 'credit-underwriting', reference: 'MA-0417' },
    acts: [
      { kind: 'sensitive', answer: 'agree', at: '2026-11-19T02:00:00.000Z' },
      { kind: 'overseas', answer: 'agree', at: '2026-11-19T02:00:00.000Z' },
    ],
    givenAt: '2026-11-19T02:00:00.000Z',
    endedAt: null,
    validUntil: '2027-04-30',
    retentionUntil: '2027-07-31',
    maxUses: 3,
    uses: [newUse()],
    acknowledgements: [],
    receipt: 'aGVhZA.Ym9keQ.c2ln',
    shown: { language: 'en', digest: digestOf('what was shown') },
    ...over,
  });

const newAcknowledgement = (): ConsentView['acknowledgements'][number] => ({
  by: 'recipient',
  what: 'withdrawal',
  toldAt: '2026-11-21T02:00:02.000Z',
  at: null,
  statement: null,
  deleteBy: null,
  dueAt: '2026-11-22T02:00:00.000Z',
  silentSince: null,
});

/** The same, withdrawn a day later; the holder has confirmed, the recipient has not. */
export const newWithdrawn = (): ConsentView =>
  newConsent({
    state: 'withdrawn',
    endedAt: '2026-11-21T02:00:00.000Z',
    acknowledgements: [
      { ...newAcknowledgement(), by: 'holder', at: '2026-11-21T02:00:05.000Z', statement: 'aGVhZA.Ym9keQ.c2ln' },
      newAcknowledgement(),
    ],
  });

/** The token of a form. */
export const newCsrf = (): string => randomName();
