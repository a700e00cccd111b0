import type { ServiceName } from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import { en } from './words-en.js';
import { pt } from './words-pt.js';
import { zhHans, zhHant } from './words-zh.js';

type Texts<K extends string> = Readonly<Record<K, string>>;
type Step = Texts<'title' | 'text'>;

/** What the landing page says. `steps` are the five lines of "try this". */
export type LandingWords = Readonly<{
  title: string;
  sentence: string;
  note: string;
  tryThis: string;
  steps: readonly [Step, Step, Step, Step, Step];
  start: string;
  bank: string;
  bankText: string;
  portals: string;
  portalText: string;
  mailbox: string;
  mailboxText: string;
  cities: string;
  people: string;
  peopleText: string;
  runs: string;
  runsText: string;
  sandbox: string;
  services: Texts<ServiceName>;
  parts: Texts<'bank' | 'cities' | 'mailbox'>;
  discovery: string;
  api: string;
  checkpoint: string;
  health: Texts<'ready' | 'waiting' | 'missing'>;
  /** By login: what makes this person worth signing in as. */
  personas: Readonly<Record<string, string>>;
}>;

/** Written in each language for its readers. */
export const words: Readonly<Record<Language, LandingWords>> = { 'zh-Hant': zhHant, 'zh-Hans': zhHans, pt, en };
