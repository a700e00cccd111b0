import type { AssessAnswer, Refusal } from '@bayway/contracts';
import { Card, fill, jurisdictionName, More, Part, placeName, Refused, Span, t, type SpanProps } from '@bayway/design';
import type { Language } from '@bayway/domain';
import { citationsOf, FACT_QUESTIONS, QUESTIONS, ruleById, STEPS } from '@bayway/trust-rules';
import type { ReactElement } from 'react';
import { baywayAsks, refusals } from '../notices/refusals.js';

type RefusedParties = Pick<AssessAnswer, 'holder' | 'recipient' | 'dataset'>;
export type RefusedProps = Readonly<{ refusal: Refusal; parties: RefusedParties; language: Language }>;

/** The opening sentence; also the page's title. */
export function refusedTitle({ refusal, parties, language }: RefusedProps): string {
  const { carryYourself } = t(language).refused;
  const record = parties.dataset.name[language];
  const [from, to] = [placeName(language, parties.holder.place), placeName(language, parties.recipient.place)];
  const sentence = fill(refusals[language][refusal.code].title, { record, from, to });
  return refusal.code === 'request-not-lawful'
    ? [sentence, carryYourself].join(language.startsWith('zh') ? '' : ' ')
    : sentence;
}

/** Steps, questions and facts in words; a code that today's tables do not know is left out rather than shown bare. */
function reasonsIn({ refusal, language }: RefusedProps): string[] {
  const tables: readonly Readonly<Record<string, Readonly<Record<Language, string>>>>[] = [
    STEPS,
    QUESTIONS,
    FACT_QUESTIONS,
  ];
  return refusal.reasons.flatMap((code) => tables.flatMap((table) => table[code]?.[language] ?? []).slice(0, 1));
}

function Articles(props: RefusedProps): ReactElement | null {
  const { refusal, language } = props;
  const [cited] = refusal.rule === null ? [] : citationsOf([refusal.rule], language);
  if (!cited) return null;
  return (
    <More summary={t(language).refused.articles}>
      <p>
        {cited.instrument}, {cited.article}
      </p>
      <p className="small">{cited.text}</p>
    </More>
  );
}

/** One sentence, why: the law of one side, or a rule of Bayway, which is never passed off as law. */
function whyOf({ refusal, language }: RefusedProps): string {
  if (refusal.rule !== null && ruleById(refusal.rule)?.status === 'platform') return baywayAsks[language];
  return fill(refusals[language][refusal.code].why, { jurisdiction: jurisdictionName(language, refusal.jurisdiction) });
}

/** Only where the transfer itself is not lawful is the bridge open and the boat the way; else it has yet to be built. */
function Picture({ refusal, parties, language }: RefusedProps): ReactElement {
  const unlawful = refusal.code === 'request-not-lawful';
  const { unlawful: roles } = t(language).span;
  const ends: Pick<SpanProps, 'holder' | 'receiver'> = {
    holder: {
      name: parties.holder.name[language],
      place: placeName(language, parties.holder.place),
      role: roles.holder,
    },
    receiver: {
      name: parties.recipient.name[language],
      place: placeName(language, parties.recipient.place),
      role: roles.receiver,
    },
  };
  return (
    <Card>
      <Span language={language} state={unlawful ? 'unlawful' : 'pending'} saidBeside {...ends} />
      {unlawful ? <p className="small">{t(language).refused.ways}</p> : null}
    </Card>
  );
}

/** Why nothing is asked of her: what is closed, that it is not about her, and the article. */
export function RefusedPage(props: RefusedProps): ReactElement {
  const { refusal, parties, language } = props;
  const { refused, ask } = t(language);
  const texts = refusals[language][refusal.code];
  const reasons = reasonsIn(props);
  return (
    <div lang={language} className="stack-l">
      <Refused
        language={language}
        title={refusedTitle(props)}
        kicker={[fill(ask.askedBy, { recipient: parties.recipient.name[language] })]}
        reason={refusal.code === 'request-not-lawful' ? 'not-lawful' : 'waiting'}
        mark={texts.mark}
      />
      <Picture {...props} />
      <Part title={refused.why} id="refused-why">
        <Card>
          <div className="stack">
            <p>{whyOf(props)}</p>
            {reasons.length === 0 ? null : (
              <ul className="plain">
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
            <Articles {...props} />
          </div>
        </Card>
      </Part>
    </div>
  );
}
