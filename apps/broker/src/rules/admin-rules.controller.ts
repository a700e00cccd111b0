import { Controller, Get, Param, Query } from '@nestjs/common';
import { RuleId, RulesQuery, RulesView, RuleView, scopes } from '@bayway/contracts';
import { Access, Answers } from '@bayway/service';
import { ruleOn, rulesOn } from './register.js';

/** For rules officers: the law as this broker applies it, and how well it is tried. */
@Controller('rules')
@Access({ scope: scopes.administration, roles: ['rules-officer', 'regulator'] })
export class AdminRulesController {
  @Get()
  @Answers(RulesView)
  all(@Query({ schema: RulesQuery }) { language }: RulesQuery): RulesView {
    return rulesOn(new Date(), language);
  }

  @Get(':id')
  @Answers(RuleView)
  one(@Param('id', { schema: RuleId }) id: RuleId, @Query({ schema: RulesQuery }) { language }: RulesQuery): RuleView {
    return ruleOn(id, new Date(), language);
  }
}
