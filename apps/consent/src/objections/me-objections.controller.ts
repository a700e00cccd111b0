import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { MakeObjection, ObjectionList, ObjectionView, scopes } from '@bayway/contracts';
import { ConsentId } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { me } from '../me.js';
import { ObjectionsService } from './objections.service.js';

/** What she says is wrong about her own consents and their uses. */
@Controller('me/consents')
@Access({ scope: scopes.consent })
export class MeObjectionsController {
  constructor(@Inject(ObjectionsService) private readonly objections: ObjectionsService) {}

  @Post(':id/objections')
  @HttpCode(200)
  @Answers(ObjectionView)
  make(
    @Param('id', { schema: ConsentId }) id: string,
    @Body({ schema: MakeObjection }) body: MakeObjection,
  ): Promise<ObjectionView> {
    return this.objections.make(id, me(), body);
  }

  @Get(':id/objections')
  @Answers(ObjectionList)
  list(@Param('id', { schema: ConsentId }) id: string): Promise<{ items: ObjectionView[] }> {
    return this.objections.list(id, me());
  }
}
