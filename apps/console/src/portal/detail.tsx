import type { ConsentView } from '@bayway/contracts';
import {
  Card,
  Facts,
  fill,
  formatDate,
  formatDateTime,
  formatTime,
  inSentence,
  Heading,
  Items,
  Part,
  ReceiptDigest,
  Span,
  t,
  Tag,
  Timeline,
  WithdrawDetails,
  type TimelineEvent,
} from '@bayway/design';
import { digestOf } from '@bayway/envelope';
import type { ReactElement } from 'react';
import { Frame, type View } from './frame.js';
import { inLanguage, isOpen, nameOf, stateTag, timesAllowed } from './summary.js';
import { words } from './words.js';

type DetailProps = Readonly<{
  view: View;
  consent: ConsentView;
  session: Readonly<{ csrf: string }>;
  /** She came by a "Withdraw" elsewhere: the panel is open. */
  withdrawOpen: boolean;
}>;
type Part1 = Readonly<{ view: View; consent: ConsentView }>;

/** What happened, newest first. */
export function eventsOf({ view, consent }: Part1): TimelineEvent[] {
  const { language } = view;
  const { detail, acts: actWords } = t(language);
  const own = words[language];
  const names = {
    holder: inLanguage(consent.holder.name, language),
    recipient: inLanguage(consent.recipient.name, language),
  };
  const uses = consent.uses.map((use, index): TimelineEvent => {
    const released = use.releasedAt === null ? [] : [fill(detail.released, { holder: names.holder })];
    const received = use.receivedAt === null ? [] : [fill(detail.received, { recipient: names.recipient })];
    return { kind: 'use', at: use.at, title: fill(detail.use, { n: index + 1 }), acks: [...released, ...received] };
  });
  const agreed = consent.acts.filter((act) => act.answer === 'agree').map((act) => actWords[act.kind].title);
  const given: TimelineEvent[] =
    consent.givenAt === null
      ? []
      : [{ kind: 'past', at: consent.givenAt, title: t(language).status.allowed, acks: agreed }];
  const acks = consent.acknowledgements
    .filter((ack) => ack.what === 'withdrawal')
    .map((ack) => fill(ack.at === null ? own.holderSilent : own.holderConfirmed, { party: names[ack.by] }));
  const ended: TimelineEvent[] =
    consent.endedAt === null
      ? []
      : [{ kind: 'past', at: consent.endedAt, title: stateTag(consent.state, language).words, acks }];
  return [...ended, ...uses.reverse(), ...given];
}

function Terms({ view, consent }: Part1): ReactElement {
  const { language } = view;
  const { facts, status } = t(language);
  const recipient = inLanguage(consent.recipient.name, language);
  const authority = inLanguage(consent.recipient.authority, language);
  const purposes: Readonly<Record<string, string>> = t(language).purposes;
  const purpose = [purposes[consent.purpose.code] ?? consent.purpose.code, consent.purpose.reference]
    .filter((part) => part !== undefined)
    .join(' · ');
  const contact = `${inLanguage(consent.recipient.contact.role, language)} · ${consent.recipient.contact.email}`;
  return (
    <Card id="terms" title={facts.asShown}>
      <Span
        language={language}
        state={isOpen(consent.state) ? 'on' : 'ended'}
        saidBeside
        holder={{ name: inLanguage(consent.holder.name, language), place: nameOf(consent.holder.place, language) }}
        receiver={{ name: recipient, place: nameOf(consent.recipient.place, language) }}
        label={`${inLanguage(consent.dataset.name, language)} · ${timesAllowed(consent, language)}`}
      />
      <Facts
        language={language}
        under
        facts={[
          { label: facts.recipient, value: recipient },
          { label: facts.contact, value: contact },
          { label: facts.purpose, value: purpose },
          { label: facts.how, value: fill(facts.encrypted, { recipient }) },
          {
            label: facts.keptUntil,
            value: fill(facts.deletedBy, { date: formatDate(language, consent.retentionUntil) }),
          },
          { label: facts.rights, value: fill(facts.rightsText, { recipient, authority }) },
        ]}
      />
      <Items
        language={language}
        items={consent.items.map((item) => ({ name: inLanguage(item.name, language), sensitive: item.sensitive }))}
      />
      <p className="vh">{status.sensitive}</p>
    </Card>
  );
}

function Withdrawal({ view, consent, csrf, open }: Part1 & Readonly<{ csrf: string; open: boolean }>): ReactElement {
  const { language } = view;
  const { withdraw } = t(language);
  const earlier = consent.uses.map((use) =>
    fill(withdraw.earlier, { time: `${formatDate(language, use.at)} ${formatTime(use.at)}` }),
  );
  const effects = [
    withdraw.effect,
    ...earlier,
    fill(withdraw.deleteBy, { date: formatDate(language, consent.retentionUntil) }),
    withdraw.noDetriment,
  ];
  const action = `/consents/${consent.id}/withdrawal?ui_locales=${language}`;
  return (
    <WithdrawDetails
      language={language}
      action={action}
      keepHref={`/?ui_locales=${language}`}
      effects={effects}
      hidden={{ csrf }}
      open={open}
    />
  );
}

/** One consent: what was allowed and what was done with it, side by side; withdrawing in two clicks. */
export function Detail({ view, consent, session, withdrawOpen }: DetailProps): ReactElement {
  const { language } = view;
  const { detail } = t(language);
  const own = words[language];
  const recipient = inLanguage(consent.recipient.name, language);
  const record = inLanguage(consent.dataset.name, language);
  const tag = stateTag(consent.state, language);
  const title = fill(detail.mayUse, { recipient, record: inSentence(language, record) });
  const events = eventsOf({ view, consent });
  const left = fill(detail.usesLeft, {
    used: consent.uses.length,
    left: Math.max(0, consent.maxUses - consent.uses.length),
  });
  return (
    <Frame view={view} title={title} signedIn={session}>
      <div className="stack-l">
        <Heading
          title={isOpen(consent.state) ? title : `${record} → ${recipient}`}
          tag={<Tag kind={tag.kind}>{tag.words}</Tag>}
          lead={isOpen(consent.state) ? `${formatDate(language, consent.validUntil)} · ${left}` : own.alreadyEnded}
        />
        {consent.state === 'withdrawn' && consent.endedAt !== null ? (
          <p className="note" role="status" id="withdrawn">
            {own.withdrawnNow} {fill(detail.withdrawnOn, { date: formatDateTime(language, consent.endedAt) })}{' '}
            {own.withdrawnTold}
          </p>
        ) : null}
        {isOpen(consent.state) ? (
          <Withdrawal view={view} consent={consent} csrf={session.csrf} open={withdrawOpen} />
        ) : null}
        <Part id="happened" title={detail.happened}>
          <Timeline language={language} events={events} />
          {consent.uses.length === 0 ? <p>{own.neverUsed}</p> : null}
        </Part>
        <Terms view={view} consent={consent} />
        <Part id="receipt" title={detail.receipt}>
          <ReceiptDigest
            language={language}
            number={consent.id}
            algorithm="sha-256"
            digest={digestOf(consent.receipt)}
          />
          <p className="small">{detail.receiptText}</p>
          <p>
            <a href={`/consents/${consent.id}/receipt?ui_locales=${language}`}>{t(language).button.print}</a>
          </p>
        </Part>
      </div>
    </Frame>
  );
}
