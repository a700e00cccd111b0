import { LANGUAGES, type Language } from '@bayway/domain';
import type { ReactElement, ReactNode } from 'react';
import { iconPath, stylesheetPath } from './assets.js';
import { Mark, Tide } from './components/mark.js';
import { LANGUAGE_NAMES } from './text/language.js';
import { PHRASE_BREAK } from './text/phrases.js';
import type { TextSize } from './text-size.js';
import { t } from './text/messages.js';
import { withParameter } from './url.js';
import { languageOf, type Locale } from './text/locale.js';

/** One section of the site. `count` is what waits there. */
export type Section = Readonly<{ label: string; href: string; current?: boolean; count?: number }>;

/** Pages the footer can lead to; only those given are shown. */
export type FootLinks = Readonly<Partial<Record<'whoUsed' | 'privacy' | 'accessibility' | 'help' | 'wrong', string>>>;

export type PageProps = Readonly<{
  language: Locale;
  /** Without the product's name, which is added. Phrase marks of a Han title are taken out. */
  title: string;
  /** Path and query of this page; the language and text size links lead back to it. */
  url: string;
  children: ReactNode;
  /** Languages this page can be read in; all four by default. One language shows no switch. */
  languages?: readonly Language[];
  /** Query parameter that carries the language. */
  languageParameter?: string;
  textSize?: TextSize;
  /** Overrides the reader's system. */
  theme?: 'light' | 'dark';
  /** Where the mark leads. */
  home?: string;
  sections?: readonly Section[];
  foot?: FootLinks;
}>;

const FOOT_ORDER = ['whoUsed', 'privacy', 'accessibility', 'help', 'wrong'] as const;

function LanguageSwitch({ language, languages, url, parameter }: HeadProps): ReactElement {
  return (
    <nav aria-label={t(language).page.language}>
      <ul className="langs">
        {languages.map((other) => (
          <li key={other}>
            <a
              href={withParameter(url, parameter, other)}
              lang={other}
              hrefLang={other}
              aria-current={other === languageOf(language) ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[other]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type HeadProps = Readonly<{ language: Locale; languages: readonly Language[]; url: string; parameter: string }>;

function TextSizeLink({ language, url, textSize }: Readonly<{ language: Locale; url: string; textSize: TextSize }>) {
  const { page } = t(language);
  const other: TextSize = textSize === 'large' ? 'normal' : 'large';
  return (
    <a className="toplink" href={withParameter(url, 'text', other)}>
      <b aria-hidden="true">{page.textMark}</b>
      {other === 'large' ? page.largerText : page.normalText}
    </a>
  );
}

function Sections({ language, sections }: Readonly<{ language: Locale; sections: readonly Section[] }>) {
  return (
    <nav className="sections" aria-label={t(language).page.sections}>
      <ul>
        {sections.map(({ label, href, current, count }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {label}
              {count ? <span className="badge">{count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Foot({ language, foot }: Readonly<{ language: Locale; foot: FootLinks }>): ReactElement {
  const { page } = t(language);
  return (
    <footer className="foot">
      <div className="foot__in">
        {FOOT_ORDER.map((name) =>
          foot[name] === undefined ? null : (
            <a key={name} href={foot[name]}>
              {page[name]}
            </a>
          ),
        )}
      </div>
    </footer>
  );
}

const rootClasses = ({ textSize, theme }: Pick<PageProps, 'textSize' | 'theme'>): string | undefined =>
  [textSize === 'large' && 'text-large', theme && `theme-${theme}`].filter(Boolean).join(' ') || undefined;

/**
 * A whole page: skip link, header, sections, `main`, footer. Complete without script; it holds no inline style or
 * script, so `default-src 'none'; style-src 'self'; img-src 'self'` is policy enough.
 */
export function Page(props: PageProps): ReactElement {
  const { language, title, url, children, languages = LANGUAGES, textSize = 'normal', home = '/', foot = {} } = props;
  const { page } = t(language);
  return (
    <html lang={language} className={rootClasses(props)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title.replaceAll(PHRASE_BREAK, '')} – Bayway`}</title>
        <link rel="icon" type="image/svg+xml" href={iconPath} />
        <link rel="stylesheet" href={stylesheetPath} />
      </head>
      <body>
        <a className="skip" href="#main">
          {page.skip}
        </a>
        <header className="top">
          <div className="top__in">
            <a className="brand" href={home}>
              <Mark />
              Bayway <small>{page.tagline}</small>
            </a>
            <div className="top__nav">
              <TextSizeLink language={language} url={url} textSize={textSize} />
              {languages.length < 2 ? null : (
                <LanguageSwitch
                  language={language}
                  languages={languages}
                  url={url}
                  parameter={props.languageParameter ?? 'ui_locales'}
                />
              )}
            </div>
          </div>
          {props.sections ? <Sections language={language} sections={props.sections} /> : null}
        </header>
        <Tide />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Foot language={language} foot={foot} />
      </body>
    </html>
  );
}
