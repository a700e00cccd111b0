import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** A whole page as HTML bytes to send, with its doctype. All text is escaped by React. */
export const renderPage = (page: ReactElement): string => `<!doctype html>${renderToStaticMarkup(page)}`;

/** Part of a page as HTML, for another service to place unchanged inside a page of its own. */
export const renderFragment = (part: ReactElement): string => renderToStaticMarkup(part);
