import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { renderPage } from '@bayway/design';
import { CONFIG, problemOf, requestId } from '@bayway/service';
import { Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { createElement } from 'react';
import type { ConsoleConfig } from '../config.js';
import { Trouble } from './plain.js';
import { viewOf } from './view.js';

/** A page instead of problem details, because a person is reading. Whoever is not signed in is led to sign in. */
@Catch()
export class PageProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('portal');

  constructor(@Inject(CONFIG) private readonly config: ConsoleConfig) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    const asked = viewOf(request, this.config);
    // What was sent is not an address to come back to.
    const view = request.method === 'GET' ? asked : { ...asked, url: '/' };
    const isReturn = request.path.endsWith('/cb');
    if (problem.status === 401 && !isReturn) {
      const returnTo = encodeURIComponent(request.method === 'GET' ? request.originalUrl : '/');
      const signIn = request.path.startsWith('/console') ? '/console/sign-in' : '/sign-in';
      response.redirect(303, `${signIn}?ui_locales=${view.language}&return_to=${returnTo}`);
      return;
    }
    const what = isReturn ? 'gone' : whatOf(problem.status);
    const html = renderPage(createElement(Trouble, { view, what, reference: requestId() }));
    response.status(problem.status).type('text/html').send(html);
  }
}

const whatOf = (status: number): 'formOld' | 'notFound' | 'unavailable' => {
  if (status === 403) return 'formOld';
  return status === 404 || status === 400 ? 'notFound' : 'unavailable';
};
