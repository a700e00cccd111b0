import { createElement } from 'react';
import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problemOf, requestId } from '@bayway/service';
import type { Response } from 'express';
import { htmlOf, PAGE_HEADERS, PageContext } from './page-context.js';
import { BrokenPage } from './plain.js';

/** A page instead of problem details, because a person is reading: what stands, what to do, and a reference. */
@Catch()
export class PageProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('pages');

  constructor(@Inject(PageContext) private readonly pages: PageContext) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    // The stack, not the error: a failed query carries its parameters, and they are about a person.
    if (problem.status >= 500) this.logger.error({ failure: (error as Error).stack });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const view = this.pages.view(response.req);
    const code = problem.type.split('/').at(-1) ?? problem.type;
    const page = createElement(BrokenPage, { view, error: code, reference: requestId() });
    response.status(problem.status).set(PAGE_HEADERS).send(htmlOf(page));
  }
}
