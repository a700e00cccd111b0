import type { ConsentView } from '@bayway/contracts';
import {
  Card,
  EmptyState,
  fill,
  Happenings,
  Heading,
  inSentence,
  jurisdictionName,
  t,
  type Happening,
} from '@bayway/design';
import type { Jurisdiction } from '@bayway/domain';
import type { ReactElement } from 'react';
import { Frame, type SignedIn } from './frame.js';
import { inLanguage, usesOf } from './summary.js';
import type { View } from './view.js';
import { words, type Words } from './words/index.js';

type Use = ConsentView['uses'][number];

const wordsOfUse = (use: Use, own: Words): string => {
  if (use.receivedAt !== null) return own.useReceived;
  return use.releasedAt === null ? own.useStarted : own.useReleased;
};

function named(consent: ConsentView, { language }: View) {
  const record = inLanguage(consent.dataset.name, language);
  const recipient = inLanguage(consent.recipient.name, language);
  return {
    values: { record: inSentence(language, record), recipient, holder: inLanguage(consent.holder.name, language) },
    way: { label: t(language).button.look, href: `/consents/${consent.id}`, about: `${record} → ${recipient}` },
  };
}

/** The uses of some consents, newest first. */
export function usesIn(consents: readonly ConsentView[], view: View): Happening[] {
  const own = words[view.language];
  const all = consents.flatMap((consent) => {
    const { values, way } = named(consent, view);
    return usesOf(consent).map((use) => ({ at: use.at, text: fill(wordsOfUse(use, own), values), way }));
  });
  return all.sort((a, b) => b.at.localeCompare(a.at));
}

/** What happened with some consents, newest first: her answers, the uses, the ends she made. */
export function happeningsIn(consents: readonly ConsentView[], view: View): Happening[] {
  const own = words[view.language];
  const answers = consents.flatMap((consent): Happening[] => {
    const { values, way } = named(consent, view);
    const told = (at: string | null | undefined, text: string): Happening[] =>
      at ? [{ at, text: fill(text, values), way }] : [];
    return [
      ...told(consent.state === 'withdrawn' ? consent.endedAt : null, own.happenedWithdrew),
      ...told(consent.givenAt, own.happenedGave),
      ...told(consent.state === 'refused' ? consent.acts[0]?.at : null, own.happenedRefused),
    ];
  });
  return [...usesIn(consents, view), ...answers].sort((a, b) => b.at.localeCompare(a.at));
}

type UsesProps = Readonly<{
  view: View;
  here: Jurisdiction;
  consoles: Readonly<Record<Jurisdiction, string>>;
  consents: readonly ConsentView[];
  total: number;
  signedIn: SignedIn;
}>;

/** Who used her data: every use under what she allowed here. */
export function Uses({ view, here, consoles, consents, total, signedIn }: UsesProps): ReactElement {
  const { language } = view;
  const own = words[language];
  const place = jurisdictionName(language, here);
  const uses = usesIn(consents, view);
  const others = (Object.keys(consoles) as Jurisdiction[]).filter((other) => other !== here);
  return (
    <Frame view={view} title={own.usesTitle} signedIn={signedIn} current="whoUsed">
      <div className="stack-l">
        <Heading title={own.usesTitle} lead={fill(own.usesLead, { place })} />
        {uses.length === 0 ? (
          <Card>
            <EmptyState>{fill(own.usesNone, { place })}</EmptyState>
          </Card>
        ) : (
          <Card kind="flush">
            <Happenings language={language} happenings={uses} now={view.now} />
          </Card>
        )}
        {total > consents.length ? <p className="small">{fill(own.usesPart, { n: consents.length })}</p> : null}
        <p className="small">
          {own.usesOther}{' '}
          {others.map((other) => (
            <span key={other}>
              <a href={`${consoles[other]}/uses?ui_locales=${language}`}>{jurisdictionName(language, other)}</a>{' '}
            </span>
          ))}
        </p>
      </div>
    </Frame>
  );
}
