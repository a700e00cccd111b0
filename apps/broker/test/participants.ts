import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalText } from '@bayway/contracts';
import type { z } from 'zod';
import type { ParticipantsFile } from '../src/participants/participants-file.js';

export type FileInput = z.input<typeof ParticipantsFile>;

const text = (en: string): LocalText => ({ 'zh-Hant': en, 'zh-Hans': en, pt: en, en });
const contact = { role: text('Data protection officer'), email: 'dpo@example.org' };

const party = (over: Partial<FileInput['parties'][number]> & { id: string }) => ({
  name: text(over.id),
  place: 'HK',
  kind: 'bank' as const,
  contact,
  authority: text('Privacy authority'),
  ...over,
});

/** A Hong Kong bank that receives, one that is suspended, and a Hong Kong holder for requests inside `hk`. */
export const hongKong = (): FileInput => ({
  parties: [
    party({ id: 'tsing-wan-bank', sector: 'banking' }),
    party({ id: 'closed-bank', status: 'suspended' }),
    party({ id: 'kowloon-school', kind: 'school', sector: 'other' }),
  ],
  datasets: [
    {
      holder: 'kowloon-school',
      id: 'degree-certificate',
      name: text('Degree certificate'),
      level: 2,
      modes: ['transfer'],
      collectedFor: 'school-admission',
      items: [{ id: 'degree', name: text('Degree'), category: 'education' }],
    },
  ],
});

const report = (id: string) => ({ id, name: text(id), category: 'credit-report' as const, sensitive: true });

/** A Shenzhen credit agency with a filed contract towards the bank, and one without any. */
export const mainland = (): FileInput => ({
  parties: [
    party({
      id: 'pengwan-credit',
      place: 'CN-440300',
      kind: 'credit-agency',
      sector: 'credit-referencing',
      ciio: false,
    }),
    party({
      id: 'hangzhou-credit',
      place: 'CN-330100',
      kind: 'credit-agency',
      sector: 'credit-referencing',
      ciio: false,
    }),
  ],
  datasets: ['pengwan-credit', 'hangzhou-credit'].map((holder) => ({
    holder,
    id: 'credit-report',
    name: text('Credit report'),
    level: 3,
    modes: ['transfer' as const, 'answer' as const, ...(holder === 'hangzhou-credit' ? ['verify' as const] : [])],
    collectedFor: 'credit-underwriting' as const,
    items: [
      ...['accounts', 'defaults'].map(report),
      { id: 'blood-type', name: text('Blood type'), category: 'medical' as const },
      { ...report('enquiries'), necessaryFor: ['account-review' as const] },
    ],
    answers: [
      { id: 'no-default-24-months', name: text('No default in 24 months?'), of: ['defaults'] },
      { id: 'few-enquiries', name: text('Fewer than five enquiries?'), of: ['enquiries'] },
      { id: 'blood-type-a', name: text('Blood type A?'), of: ['blood-type'] },
    ],
  })),
  instruments: ['pengwan-credit', 'hangzhou-credit'].map((holder) => ({
    holder,
    importer: 'hk' as const,
    recipient: 'tsing-wan-bank',
    kind: 'gba-sc-hk' as const,
    effectiveOn: '2026-01-05',
    filedOn: '2026-01-08',
    filedWith: 'guangdong-cac' as const,
    scope: { datasets: ['credit-report'], purposes: ['credit-underwriting' as const] },
  })),
  impactAssessments: ['pengwan-credit', 'hangzhou-credit'].map((holder) => ({
    holder,
    importer: 'hk' as const,
    recipient: 'tsing-wan-bank',
    dataset: 'credit-report',
    doneOn: '2025-12-20',
  })),
});

/** Writes a participants file and answers its path. */
export async function participantsFile(content: unknown): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'bayway-participants-')), 'participants.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
