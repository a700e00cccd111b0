import type { Language } from '@bayway/domain';
import { en } from './en.js';
import { pt } from './pt.js';
import { zhHans } from './zh-hans.js';
import { zhHant } from './zh-hant.js';

/** Words of the sign-in pages; a missing one fails the typecheck. */
export type Words = typeof en;

/** Why a sign-in could not go on, as a page says it. */
export type RefusedReason = keyof Words['refused'];

/** Why a sign-in that went well does not suffice, as a page says it. */
export type StoppedReason = 'level' | 'not-fresh' | 'another-account';

const ALL: Readonly<Record<Language, Words>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };

/** The words in a language; each is written for its readers, none converted from another. */
export const words = (language: Language): Words => ALL[language];

export const isRefusedReason = (reason: string): reason is RefusedReason => Object.hasOwn(en.refused, reason);

export const isStoppedReason = (reason: string): reason is StoppedReason =>
  ['level', 'not-fresh', 'another-account'].includes(reason);
