import type { ConsentView } from '@bayway/contracts';
import { CITIES, isInForce, type ConsentState, type Language } from '@bayway/domain';
import { fill, formatDate, formatWhen, placeName, startSentence, t, type TagKind } from '@bayway/design';
import { z } from 'zod';
import { words as portal } from './words/index.js';

const KINDS = ['ok', 'wait', 'bar', 'ring', 'sensitive', 'plain'] as const;

/** One consent as a card shows it: words only, so that another console's page can show it without trusting markup. */
export const ConsentSummary = z.object({
  id: z.string(),
  title: z.string(),
  href: z.string(),
  withdrawHref: z.string().nullable(),
  open: z.boolean(),
  tag: z.object({ kind: z.enum(KINDS), words: z.string() }),
  label: z.string(),
  holder: z.object({ name: z.string(), place: z.string() }),
  recipient: z.object({ name: z.string(), place: z.string() }),
  meta: z.array(z.string()),
  lastUse: z.string().nullable(),
});
export type ConsentSummary = z.infer<typeof ConsentSummary>;
export const ConsentSummaries = z.object({ items: z.array(ConsentSummary), readAt: z.string() });

/** She may still withdraw it from here: on the way, in force, or paused. */
export const isOpen = (state: ConsentState): boolean => isInForce(state) || state === 'pending' || state === 'paused';

type Names = Readonly<Record<string, string>>;

/** A text in her language; every party gives all four. */
export const inLanguage = (names: Names, language: Language): string =>
  names[language] ?? Object.values(names)[0] ?? '';

/** `credit report` → the words of the state it is in. */
export function stateTag(state: ConsentState, language: Language): { kind: TagKind; words: string } {
  const { status } = t(language);
  const tags: Record<ConsentState, { kind: TagKind; words: string }> = {
    pending: { kind: 'wait', words: status.onTheWay },
    given: { kind: 'ok', words: status.allowed },
    refused: { kind: 'ring', words: status.notAllowed },
    lapsed: { kind: 'ring', words: status.lapsed },
    withdrawn: { kind: 'ring', words: status.withdrawn },
    expired: { kind: 'ring', words: status.expired },
    'used-up': { kind: 'ring', words: status.usedUp },
    requested: { kind: 'wait', words: status.waiting },
    deferred: { kind: 'wait', words: status.waiting },
    renewed: { kind: 'ok', words: status.renewed },
    paused: { kind: 'wait', words: status.paused },
    terminated: { kind: 'ring', words: status.terminated },
    invalidated: { kind: 'ring', words: status.invalidated },
  };
  return tags[state];
}

/** How often at most, in words. */
export const timesOf = (maxUses: number, language: Language): string =>
  maxUses === 1 ? t(language).ask.once : fill(t(language).ask.times, { n: maxUses });

export const timesAllowed = ({ maxUses }: Pick<ConsentView, 'maxUses'>, language: Language): string =>
  timesOf(maxUses, language);

/** Its uses, newest first. */
export const usesOf = ({ uses }: Pick<ConsentView, 'uses'>): ConsentView['uses'] =>
  uses.toSorted((a, b) => b.at.localeCompare(a.at));

/** What for, in her language, with the recipient's own reference. */
export function purposeOf({ code, reference }: ConsentView['purpose'], language: Language): string {
  const purposes: Readonly<Record<string, string>> = t(language).purposes;
  return [purposes[code] ?? code, reference].filter((part) => part !== undefined).join(' · ');
}

/** As whom somebody answered, and for which organisation; null: she herself. */
export function actingWords({ actingAs, subjectName }: ConsentView, language: Language): string | null {
  if (actingAs === undefined) return null;
  return [t(language).role[actingAs], subjectName].filter((part) => part !== undefined).join(' · ');
}

/** A consent in the words of a card. `base` is this console's address. */
export function summarise(consent: ConsentView, view: { language: Language; base: string; now: Date }): ConsentSummary {
  const { language, base, now } = view;
  const words = t(language);
  const record = inLanguage(consent.dataset.name, language);
  const recipient = inLanguage(consent.recipient.name, language);
  const open = isOpen(consent.state);
  const acting = actingWords(consent, language);
  const last = usesOf(consent).at(0);
  const used = fill(words.detail.usesLeft, {
    used: consent.uses.length,
    left: Math.max(0, consent.maxUses - consent.uses.length),
  });
  return {
    id: consent.id,
    title: `${startSentence(record)} → ${recipient}`,
    href: `${base}/consents/${consent.id}?ui_locales=${language}`,
    withdrawHref: open ? `${base}/consents/${consent.id}?ui_locales=${language}&withdraw=open#withdraw` : null,
    open,
    tag: stateTag(consent.state, language),
    label: timesAllowed(consent, language),
    holder: { name: inLanguage(consent.holder.name, language), place: nameOf(consent.holder.place, language) },
    recipient: { name: recipient, place: nameOf(consent.recipient.place, language) },
    meta: [
      ...(acting === null ? [] : [acting]),
      fill(portal[language].until, { date: formatDate(language, consent.validUntil) }),
      used,
    ],
    lastUse: last ? formatWhen(language, last.at, now) : null,
  };
}

/** The name of a place in her language. */
export const nameOf = (place: string, language: Language): string =>
  CITIES.some((city) => city.place === place) ? placeName(language, place) : place;
