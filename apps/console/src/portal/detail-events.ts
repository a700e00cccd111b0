import type { ConsentView, RefusedRequests } from '@bayway/contracts';
import { fill, formatDate, isHan, t, type TimelineEvent } from '@bayway/design';
import { inLanguage, stateTag, usesOf } from './summary.js';
import type { View } from './view.js';
import { words } from './words/index.js';

type Of = Readonly<{ view: View; consent: ConsentView }>;
type OfRefused = Of & Readonly<{ refusals: RefusedRequests['items'] | null }>;

/** Her evidence of one request. It exists once the request has ended on both sides. */
const evidenceOf = (consent: ConsentView, { language }: View, dataRequestId: string): TimelineEvent['link'] => ({
  href: `/consents/${consent.id}/exchanges/${dataRequestId}/evidence.json`,
  text: words[language].evidenceFile,
});

function useEvents({ view, consent }: Of): TimelineEvent[] {
  const { language } = view;
  const { detail } = t(language);
  const holder = inLanguage(consent.holder.name, language);
  const recipient = inLanguage(consent.recipient.name, language);
  const count = consent.uses.length;
  return usesOf(consent).map((use, index) => ({
    kind: 'use',
    at: use.at,
    title: fill(detail.use, { n: count - index }),
    acks: [
      ...(use.releasedAt === null ? [] : [fill(detail.released, { holder })]),
      ...(use.receivedAt === null ? [] : [fill(detail.received, { recipient })]),
    ],
    ...(use.receivedAt === null ? {} : { link: evidenceOf(consent, view, use.dataRequestId) }),
  }));
}

/** Requests that ended without a release. One that got as far as a permit stands among the uses, and here with its end. */
function refusalEvents({ view, consent, refusals }: OfRefused): TimelineEvent[] {
  const own = words[view.language];
  const recipient = inLanguage(consent.recipient.name, view.language);
  return (refusals ?? []).map(({ dataRequestId, at, outcome }) => ({
    kind: 'past',
    at,
    title: fill(own[ENDS[outcome]], { recipient }),
    link: evidenceOf(consent, view, dataRequestId),
  }));
}

const ENDS = {
  refused: 'requestRefused',
  failed: 'requestFailed',
  expired: 'requestExpired',
  cancelled: 'requestCancelled',
} as const;

type Acknowledgement = ConsentView['acknowledgements'][number];

/** What a party has said, or not yet said, about the end. */
function ackOf(ack: Acknowledgement, party: string, { language }: View): string {
  const own = words[language];
  if (ack.at === null)
    return ack.silentSince === null
      ? fill(own.holderSilent, { party })
      : fill(own.silentSince, { party, date: formatDate(language, ack.silentSince) });
  return ack.what === 'deletion' && ack.deleteBy !== null
    ? fill(own.deletionConfirmed, { party, date: formatDate(language, ack.deleteBy) })
    : fill(own.holderConfirmed, { party });
}

/** What happened, newest first: its end with what each side says of it, each use and refusal, and her own answers. */
export function eventsOf({ view, consent, refusals }: OfRefused): TimelineEvent[] {
  const { language } = view;
  const { acts: actWords, status } = t(language);
  const names = {
    holder: inLanguage(consent.holder.name, language),
    recipient: inLanguage(consent.recipient.name, language),
  };
  const agreed = consent.acts.filter((act) => act.answer === 'agree').map((act) => actWords[act.kind].title);
  const given: TimelineEvent[] =
    consent.givenAt === null ? [] : [{ kind: 'past', at: consent.givenAt, title: status.allowed, acks: agreed }];
  const said = consent.acknowledgements.filter((ack) => ack.at !== null).map((ack) => ackOf(ack, names[ack.by], view));
  const unsaid = consent.acknowledgements
    .filter((ack) => ack.at === null && ack.what === 'withdrawal')
    .map((ack) => ackOf(ack, names[ack.by], view));
  const title = stateTag(consent.state, language).words;
  // What has not been confirmed stands as text: a tick would say the opposite.
  const text = unsaid.length === 0 ? {} : { text: unsaid.join(isHan(language) ? '；' : '; ') };
  const ended: TimelineEvent[] =
    consent.endedAt === null ? [] : [{ kind: 'past', at: consent.endedAt, title, ...text, acks: said }];
  const asked = [...useEvents({ view, consent }), ...refusalEvents({ view, consent, refusals })];
  asked.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  return [...ended, ...asked, ...given];
}
