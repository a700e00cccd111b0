import type { IncomingMessage } from 'node:http';
import type { Jurisdiction, Language } from '@bayway/domain';
import { negotiateLanguage, renderPage, type PageProps, type TextSize } from '@bayway/design';
import type { ReactElement } from 'react';
import { cookieName } from '../config.js';

/** How a page is to be shown to this browser, and where its own links lead. */
export type View = Readonly<{ language: Language; textSize: TextSize; url: string; home: string }>;

export type Wishes = Readonly<{
  /** Chosen on a page of this very request. */
  chosen?: string | null | undefined;
  /** `ui_locales` of the authorization request. */
  uiLocales?: unknown;
}>;

/** Everything pages may do: no script, no frame, one style sheet. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
// No `form-action`: browsers apply it to the redirects after a post too, and those end at a partner's own address.

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

/** The cookies of a request, by name. */
export function cookiesOf(request: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('=', 2));
  return new Map(pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name, value]] : [])));
}

type Addressed = IncomingMessage & { originalUrl?: string };

const addressOf = (request: Addressed): string => request.originalUrl ?? request.url ?? '/';

/** Reads from a request how its page is to be shown. */
export class PageContext {
  constructor(
    private readonly jurisdiction: Jurisdiction,
    private readonly home: string,
  ) {}

  /** Language by her choice, the client's `ui_locales`, her earlier choice here, her browser; in this order. */
  view(request: Addressed, wishes: Wishes = {}): View {
    const url = addressOf(request);
    const query = new URL(url, 'http://site.invalid').searchParams;
    const cookies = cookiesOf(request);
    const { uiLocales } = wishes;
    const wanted = [
      query.get('ui_locales'),
      wishes.chosen,
      typeof uiLocales === 'string' ? uiLocales : null,
      cookies.get(this.languageCookie),
    ];
    const language = negotiateLanguage(wanted.filter(Boolean).join(' '), request.headers['accept-language']);
    const size = query.get('text') ?? cookies.get(this.sizeCookie);
    return { language, textSize: size === 'large' ? 'large' : 'normal', url, home: this.home };
  }

  get languageCookie(): string {
    return cookieName(this.jurisdiction, 'language');
  }

  get sizeCookie(): string {
    return cookieName(this.jurisdiction, 'text');
  }
}

/** What every page of this service hands to the frame. */
export const frameOf = ({ language, textSize, url, home }: View, title: string): Omit<PageProps, 'children'> => ({
  language,
  textSize,
  url,
  home,
  title,
  foot: { privacy: `${home}/help#privacy`, accessibility: `${home}/help#accessibility`, help: `${home}/help` },
});

export const htmlOf = (page: ReactElement): string => renderPage(page);
