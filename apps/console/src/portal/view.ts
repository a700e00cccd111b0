import { negotiateLanguage } from '@bayway/design';
import type { Language } from '@bayway/domain';
import type { Request } from 'express';
import type { View } from './frame.js';

const parameter = (request: Request, name: string): string | undefined => {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
};

/** Asked for in the address, else as the browser says. */
export const languageOfRequest = (request: Request): Language =>
  negotiateLanguage(parameter(request, 'ui_locales'), request.headers['accept-language']);

/** Language and text size of a request: asked for in the address, else as the browser says. */
export function viewOf(request: Request, base: string): View {
  return {
    language: languageOfRequest(request),
    textSize: parameter(request, 'text') === 'large' ? 'large' : 'normal',
    url: request.originalUrl,
    base,
    now: new Date(),
  };
}
