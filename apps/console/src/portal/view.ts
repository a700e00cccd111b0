import { negotiateLanguage, textSizeOf, type TextSize } from '@bayway/design';
import { LANGUAGES, type Language } from '@bayway/domain';
import type { NextFunction, Request, Response } from 'express';
import type { ConsoleConfig } from '../config.js';
import { cookieName, readCookie, writeCookie } from '../cookies.js';

/** What every page of the portal knows of its request. */
export type View = Readonly<{ language: Language; textSize: TextSize; url: string; base: string; now: Date }>;
type Here = Pick<ConsoleConfig, 'BASE_URL' | 'JURISDICTION'>;

/** How long a choice of language or letter size is remembered. */
const REMEMBERED_MS = 180 * 24 * 3_600_000;

const parameter = (request: Request, name: string): string | undefined => {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
};

const kept = (request: Request, { BASE_URL, JURISDICTION }: Here, what: 'language' | 'text'): string | undefined =>
  readCookie(request, cookieName(BASE_URL, JURISDICTION, what));

/** Asked for in the address, else chosen here before, else as the browser says. */
export const languageOfRequest = (request: Request, here: Here): Language => {
  const wanted = [parameter(request, 'ui_locales'), kept(request, here, 'language')].filter(Boolean).join(' ');
  return negotiateLanguage(wanted === '' ? undefined : wanted, request.headers['accept-language']);
};

/** Language and text size of a request: asked for in the address, else chosen before, else as the browser says. */
export function viewOf(request: Request, here: Here): View {
  return {
    language: languageOfRequest(request, here),
    textSize: textSizeOf(parameter(request, 'text'), kept(request, here, 'text')),
    url: request.originalUrl,
    base: here.BASE_URL,
    now: new Date(),
  };
}

/** Remembers a language or letter size that was asked for in the address, so that the next page keeps to it. */
export const rememberChoices =
  (here: Here) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const choices = { language: parameter(request, 'ui_locales'), text: parameter(request, 'text') };
    const known = { language: LANGUAGES as readonly string[], text: ['large', 'normal'] };
    for (const what of ['language', 'text'] as const) {
      const value = choices[what];
      const isNew = value !== kept(request, here, what);
      if (value !== undefined && known[what].includes(value) && isNew)
        writeCookie(response, {
          name: cookieName(here.BASE_URL, here.JURISDICTION, what),
          value,
          maxAgeMs: REMEMBERED_MS,
        });
    }
    next();
  };
