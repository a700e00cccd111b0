import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentApi } from './portal/consent-api.js';
import { ConsentsApiController } from './portal/consents-api.controller.js';
import { HerConsentController } from './portal/her-consent.controller.js';
import { InboxController } from './portal/inbox.controller.js';
import { Pages } from './portal/pages.service.js';
import { PortalController } from './portal/portal.controller.js';
import { SessionEntity, SignInEntity } from './sessions/session.entity.js';
import { SessionsService } from './sessions/sessions.service.js';
import { OidcClient } from './sign-in/oidc-client.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInService } from './sign-in/sign-in.service.js';

/** The residents' portal behind its backend-for-frontend. */
@Module({
  imports: [TypeOrmModule.forFeature([SessionEntity, SignInEntity])],
  controllers: [SignInController, ConsentsApiController, PortalController, HerConsentController, InboxController],
  providers: [SessionsService, SignInService, OidcClient, ConsentApi, Pages],
})
export class ConsoleModule {}
