import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdministrationController } from './administration/administration.controller.js';
import { Administration } from './administration/administration.service.js';
import { Health } from './administration/health.service.js';
import { Live } from './administration/live.service.js';
import { ConsentApi } from './portal/consent-api.js';
import { ConsentsApiController } from './portal/consents-api.controller.js';
import { HerConsentController } from './portal/her-consent.controller.js';
import { InboxController } from './portal/inbox.controller.js';
import { Pages } from './portal/pages.service.js';
import { PortalController } from './portal/portal.controller.js';
import { SessionEntity, SignInEntity } from './sessions/session.entity.js';
import { AdministratorSessions, ResidentSessions } from './sessions/sessions.service.js';
import { AdministratorClient, ResidentClient } from './sign-in/oidc-client.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { AdministratorSignIn, ResidentSignIn } from './sign-in/sign-in.service.js';

const portal = [ResidentSessions, ResidentSignIn, ResidentClient, ConsentApi, Pages];
const administration = [AdministratorSessions, AdministratorSignIn, AdministratorClient, Administration, Health, Live];

/** The residents' portal and the administrators' console, behind their backend-for-frontend. */
@Module({
  imports: [TypeOrmModule.forFeature([SessionEntity, SignInEntity])],
  controllers: [
    SignInController,
    ConsentsApiController,
    PortalController,
    HerConsentController,
    InboxController,
    AdministrationController,
  ],
  providers: [...portal, ...administration],
})
export class ConsoleModule {}
