import { createElement } from 'react';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { requestId } from '@bayway/service';
import { htmlOf, PAGE_HEADERS, type PageContext, type View } from '../pages/page-context.js';
import { BrokenPage, EndedPage, SignedOutPage, SignOutPage } from '../pages/plain.js';

type Logout = Readonly<{
  logoutSource: (ctx: KoaContextWithOIDC, form: string) => void;
  postLogoutSuccessSource: (ctx: KoaContextWithOIDC) => void;
}>;

/** Pages that the library asks for itself: errors it cannot send to a client, and signing out. */
export function libraryPages(pages: PageContext): {
  error: NonNullable<Configuration['renderError']>;
  logout: Logout;
} {
  const viewOf = (ctx: KoaContextWithOIDC): View =>
    pages.view(ctx.req, { uiLocales: (ctx.oidc?.params as { ui_locales?: unknown } | undefined)?.ui_locales });
  const send = (ctx: KoaContextWithOIDC, html: string): void => {
    ctx.set(PAGE_HEADERS);
    ctx.body = html;
  };
  return {
    error: (ctx, out, error) => {
      const over = error.name === 'SessionNotFound';
      const view = viewOf(ctx);
      const page = over
        ? createElement(EndedPage, { view })
        : createElement(BrokenPage, { view, error: out.error, reference: requestId() });
      send(ctx, htmlOf(page));
    },
    logout: {
      logoutSource: (ctx, form) => send(ctx, htmlOf(createElement(SignOutPage, { view: viewOf(ctx), form }))),
      postLogoutSuccessSource: (ctx) => send(ctx, htmlOf(createElement(SignedOutPage, { view: viewOf(ctx) }))),
    },
  };
}
