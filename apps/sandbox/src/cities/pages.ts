import { LANGUAGES, type City, type Language } from '@bayway/domain';
import { SANDBOX_PIN } from '../population/person.js';
import { PERSONAS } from '../population/personas.js';
import { Html, html } from '../web/html.js';
import type { Page } from '../web/page.js';
import { schemeOf } from './scheme.js';
import { TEXTS } from './texts.js';

/** What the sign-in page shows besides the form. */
export type SignInView = Readonly<{
  city: City;
  lang: Language;
  /** Where the form goes. */
  action: string;
  account?: string;
  failed?: boolean;
  /** The person is signed in already and is asked to confirm. */
  again?: boolean;
}>;

/** Each scheme looks like another organisation; a city adds its own hue. None is the look of Bayway or of a real office. */
const SHAPES = {
  'iam-smart': {
    hue: 172,
    corner: '1.25rem',
    head: 'border-left: .6rem solid var(--tone)',
    face: 'system-ui, sans-serif',
  },
  guangdong: {
    hue: 212,
    corner: '.125rem',
    head: 'background: var(--tone); color: #fff',
    face: 'Arial, "Noto Sans SC", sans-serif',
  },
  zhejiang: {
    hue: 262,
    corner: '.5rem',
    head: 'border-bottom: .25rem solid var(--tone)',
    face: 'Georgia, "Noto Serif SC", serif',
  },
  'macao-one': {
    hue: 18,
    corner: '.75rem',
    head: 'border-top: .5rem solid var(--tone)',
    face: 'Verdana, "Noto Sans TC", sans-serif',
  },
} as const;

function styleOf(city: City): string {
  const shape = SHAPES[schemeOf(city).id];
  const hue = (shape.hue + (([...city.slug].reduce((sum, c) => sum + c.charCodeAt(0), 0) * 7) % 40)) % 360;
  return `
    :root { --tone: hsl(${hue} 55% 27%); font: 1.0625rem/1.6 ${shape.face}; color: #1b1b1b; background: #eef0f2; }
    body { margin: 0; } header { padding: 1rem 1.25rem; background: #fff; ${shape.head}; }
    header strong { display: block; font-size: 1.375rem; } nav > * { margin-right: 1rem; color: inherit; }
    main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: ${shape.corner}; }
    h1 { margin: 0 0 1rem; font-size: 1.5rem; } label { display: block; margin-top: 1rem; font-weight: 700; }
    input { box-sizing: border-box; width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; border: 1px solid #5b6168; border-radius: ${shape.corner}; }
    button { width: 100%; min-height: 3rem; margin-top: 1rem; font: inherit; border: 2px solid var(--tone); border-radius: ${shape.corner}; background: #fff; color: var(--tone); }
    #sign-in { background: var(--tone); color: #fff; } :focus-visible { outline: 3px solid #000; outline-offset: 2px; }
    .error { padding-left: .75rem; border-left: .3rem solid #a11; color: #8c0f0f; font-weight: 700; }
    footer { max-width: 26rem; margin: 1rem auto; padding: 0 1.5rem; } footer, details { font-size: .9375rem; color: #43484d; } details { margin-top: 1.5rem; } code { font-size: 1rem; }`;
}

const languageLinks = (current: Language): Html[] =>
  LANGUAGES.map((lang) =>
    lang === current
      ? html`<span lang="${lang}" aria-current="true">${TEXTS[lang].ownName}</span> `
      : html`<a href="?lang=${lang}" lang="${lang}" hreflang="${lang}">${TEXTS[lang].ownName}</a> `,
  );

const personasOf = (city: City): Html[] =>
  PERSONAS.filter(({ accounts }) => city.slug in accounts).map(
    ({ login, accounts }) => html`<li><code>${login}</code> (${accounts[city.slug]})</li>`,
  );

const frame = (city: City, lang: Language, main: Html): Html => html`
  <header>
    <strong>${city.names[lang]}</strong>${TEXTS[lang].schemes[schemeOf(city).id]}
    <nav>${languageLinks(lang)}</nav>
  </header>
  <main id="main">${main}</main>
  <footer>${TEXTS[lang].simulated}</footer>
`;

const titleOf = (city: City, lang: Language): string => `${TEXTS[lang].signIn} – ${city.names[lang]}`;

/** The sign-in form: `#account`, `#pin`, `#sign-in`, `#cancel`. Works without script. */
export function signInPage(view: SignInView): Page {
  const { city, lang } = view;
  const text = TEXTS[lang];
  const main = html`<h1>${text.signIn}</h1>
    ${view.again && html`<p>${text.again}</p>`}
    ${view.failed && html`<p class="error" id="error" role="alert">${text.wrong}</p>`}
    <form method="post" action="${view.action}">
      <input type="hidden" name="lang" value="${lang}" />
      <label for="account">${text.account}</label>
      <input
        id="account"
        name="account"
        value="${view.account ?? ''}"
        autocomplete="username"
        autocapitalize="none"
        maxlength="64"
        required
      />
      <label for="pin">${text.pin}</label>
      <input
        id="pin"
        name="pin"
        type="password"
        inputmode="numeric"
        autocomplete="current-password"
        maxlength="12"
        required
      />
      <button id="sign-in" name="do" value="sign-in">${text.signIn}</button>
      <button id="cancel" name="do" value="cancel" formnovalidate>${text.cancel}</button>
    </form>
    <details id="sandbox-accounts">
      <summary>${text.accounts}</summary>
      <p>${text.pin}: <code>${SANDBOX_PIN}</code></p>
      <ul>
        ${personasOf(city)}
      </ul>
    </details>`;
  return { lang, title: titleOf(city, lang), style: styleOf(city), body: frame(city, lang, main) };
}

/** Said when a form arrives whose sign-in is over, or when the provider refuses a request it cannot answer elsewhere. */
export function endedPage(city: City, lang: Language): Page {
  const text = TEXTS[lang];
  const main = html`<h1>${text.ended}</h1>
    <p id="ended">${text.endedHow}</p>`;
  return { lang, title: titleOf(city, lang), style: styleOf(city), body: frame(city, lang, main) };
}
