import { Act, Aside, Button, Card, Columns, Heading, Items, Notice, Pair, Part, Span, t } from '@bayway/design';
import { countWord, Facts, fill } from '@bayway/design';
import type { ReactElement } from 'react';
import type { AskWords } from './ask-words.js';

/** Everything that would be sent, and why the sensitive items are among it. Never folded. */
function WhatWouldBeSent({ words }: Readonly<{ words: AskWords }>): ReactElement {
  const { language, itemsTitle, mode, items, notice, range, leftOut, necessity } = words;
  return (
    <Card title={itemsTitle} id="ask-items">
      {mode === null ? null : <p>{mode}</p>}
      <Items
        language={language}
        items={items.map(({ id, name, sensitive, optional }) =>
          optional ? { name, sensitive, optional: { name: `optional.${id}`, value: id } } : { name, sensitive },
        )}
      />
      {range === null ? null : <p>{range}</p>}
      <p className="small">{notice.nothingElse}</p>
      {leftOut === null ? null : <p className="small">{leftOut}</p>}
      {necessity === null ? null : <Notice kind="sensitive">{necessity}</Notice>}
    </Card>
  );
}

/** One act after the other, none merged, none chosen; then two answers of one look. */
function SeparateActs({ words }: Readonly<{ words: AskWords }>): ReactElement {
  const { language, acts } = words;
  const { ask, button } = t(language);
  const many = acts.length > 1;
  const joint = language.startsWith('zh') ? '' : ' ';
  const intro = many ? [ask.separate, ask.allNeeded].join(joint) : ask.oneNeeded;
  const title = many ? fill(ask.actsMany, { count: countWord(language, acts.length) }) : ask.actsOne;
  return (
    <Part title={title} id="ask-acts">
      <div className="stack">
        <p className="quiet">{intro}</p>
        {acts.map(({ kind, title: heading, says, law }, index) => (
          <Act
            key={kind}
            language={language}
            no={index + 1}
            name={`act.${kind}`}
            title={heading}
            says={says}
            {...(law ? { law } : {})}
          />
        ))}
        <Pair stack>
          <Button name="do" value="answers">
            {button.sendAnswers}
          </Button>
          <Button name="do" value="none" formNoValidate>
            {button.agreeToNone}
          </Button>
        </Pair>
        <p className="small">{ask.bothRecord}</p>
      </div>
    </Part>
  );
}

/** The ask, without a form of its own: identity places it unchanged inside the form that signs her answers. */
export function AskPage({ words }: Readonly<{ words: AskWords }>): ReactElement {
  const { language, title, kicker, lead, ends, spanLabel, facts, answerBy } = words;
  const { ask } = t(language);
  const aside = (
    <Card kind="quiet">
      <div className="stack">
        <Aside title={ask.ifNot}>
          <p>{ask.ifNotText}</p>
        </Aside>
        <Aside title={ask.ifYes}>
          <p>{words.notice.ifYes}</p>
        </Aside>
        <Aside title={ask.later}>
          <p>{fill(ask.laterText, { date: answerBy })}</p>
        </Aside>
      </div>
    </Card>
  );
  return (
    <div lang={language}>
      <Columns aside={aside}>
        <Heading title={title} kicker={kicker} lead={lead} />
        <Card>
          <Span language={language} state="pending" holder={ends.holder} receiver={ends.receiver} label={spanLabel} />
          <Facts
            language={language}
            under
            facts={facts.map(({ label, value, mail, note }) => ({
              label,
              value: mail === undefined ? value : <Contact role={value} mail={mail} />,
              ...(note === undefined ? {} : { note }),
            }))}
          />
        </Card>
        <WhatWouldBeSent words={words} />
        <SeparateActs words={words} />
      </Columns>
    </div>
  );
}

function Contact({ role, mail }: Readonly<{ role: string; mail: string }>): ReactElement {
  return (
    <>
      {role}
      <br />
      <a href={`mailto:${mail}`}>{mail}</a>
    </>
  );
}
