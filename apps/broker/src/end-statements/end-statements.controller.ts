import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { GiveStatement } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { EndStatementsService } from './end-statements.service.js';

const Taken = z.object({ what: z.enum(['withdrawal', 'deletion']) });

/** Where a recipient says later what it did not answer to a webhook: that it stopped, that it has deleted. */
@Controller('consent-ends')
export class EndStatementsController {
  constructor(@Inject(EndStatementsService) private readonly statements: EndStatementsService) {}

  /** Public: no token is left after a withdrawal. The statement's signature, by the key directory, is the authority. */
  @Post('statements')
  @Access('public')
  @HttpCode(200)
  @Answers(Taken)
  accept(
    @Body({ schema: GiveStatement }) { statement }: z.infer<typeof GiveStatement>,
  ): Promise<z.infer<typeof Taken>> {
    return this.statements.accept(statement);
  }
}
