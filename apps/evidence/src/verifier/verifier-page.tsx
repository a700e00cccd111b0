import { Card, Columns, Heading, Page, type PageProps } from '@bayway/design';
import type { Language } from '@bayway/domain';
import type { PublicKey } from '@bayway/envelope';
import type { ReactElement } from 'react';
import { WORDS, type Words } from './words/index.js';
import type { Script } from './modules.js';

export type VerifierProps = Pick<PageProps, 'textSize' | 'url'> &
  Readonly<{
    language: Language;
    script: Script;
    /** The three pinned roots, and how each is written to be compared. */
    roots: Readonly<Record<'hk' | 'mo' | 'cn', Readonly<{ key: PublicKey; thumbprint: string }>>>;
  }>;

/** What the page hands to its script. */
export type Handed = Readonly<{ language: Language; words: Words; pins: unknown }>;

/** JSON inside a script element: `<` would end it. */
const safe = (value: unknown): { __html: string } => ({ __html: JSON.stringify(value).replaceAll('<', '\\u003c') });

function About({ words, roots }: Readonly<{ words: Words; roots: VerifierProps['roots'] }>): ReactElement {
  const { about, sides } = words;
  return (
    <Card title={about.title} id="about">
      <div className="stack">
        <p>{about.shows}</p>
        <p>{about.not}</p>
        <div>
          <h3>{about.roots}</h3>
          <p className="small">{about.rootsHint}</p>
          <ul className="plain">
            {(['hk', 'mo', 'cn'] as const).map((side) => (
              <li key={side}>
                {sides[side]}
                <br />
                <code className="digest small">{roots[side].thumbprint}</code>
              </li>
            ))}
          </ul>
        </div>
        <p className="small">{about.others}</p>
      </div>
    </Card>
  );
}

/** The page that verifies an evidence bundle in the browser: it has the verifier's own modules and sends nothing. */
export function VerifierPage({ language, url, textSize, script, roots }: VerifierProps): ReactElement {
  const words = WORDS[language];
  const pins = Object.fromEntries(Object.entries(roots).map(([side, { key }]) => [side, key]));
  const handed: Handed = { language, words, pins };
  return (
    <Page language={language} title={words.title} url={url} {...(textSize ? { textSize } : {})} home="/verify">
      <Columns aside={<About words={words} roots={roots} />}>
        <Heading title={words.title} lead={words.lead} />
        <Card>
          <div className="field">
            <label htmlFor="file">{words.file}</label>
            <p className="hint" id="file-hint">
              {words.hint}
            </p>
            <input id="file" type="file" accept=".json,application/json" aria-describedby="file-hint" />
          </div>
        </Card>
        <noscript>
          <p className="note note--stop">{words.noScript}</p>
        </noscript>
        <div id="result" role="status" aria-live="polite" />
      </Columns>
      <script type="application/json" id="handed" dangerouslySetInnerHTML={safe(handed)} />
      {/* Nothing may fetch a module before the map is read: links that preload would be moved into the head, ahead of it. */}
      <script type="importmap" dangerouslySetInnerHTML={{ __html: script.importMap }} />
      <script type="module" src={script.entry} />
    </Page>
  );
}
