import { Module } from '@nestjs/common';
import { Bus, CONFIG, Keys } from '@bayway/service';
import { DataSource } from 'typeorm';
import { Administrators } from './administrators/administrators.js';
import { Ask } from './acts/ask.service.js';
import { Clients } from './clients/clients.js';
import type { IdentityConfig } from './config.js';
import { Ends } from './flows/ends.js';
import { DataFlowEntity } from './flows/flow.entity.js';
import { Flows } from './flows/flows.service.js';
import { LinkEntity } from './linking/link.entity.js';
import { Links } from './linking/links.service.js';
import { Identity1700000100000 } from './migrations/1700000100000-identity.js';
import { Levels1700000200000 } from './migrations/1700000200000-levels.js';
import { Interactions, PROVIDER } from './oidc/interactions.js';
import { currentProvider } from './oidc/provider.js';
import { Sweeper } from './oidc/sweeper.js';
import { PageContext } from './pages/page-context.js';
import { SubjectHandleEntity } from './residents/handle.entity.js';
import { HandlesController } from './residents/handles.controller.js';
import { ResidentDocumentEntity, ResidentEntity, UpstreamAccountEntity } from './residents/resident.entity.js';
import { Residents } from './residents/residents.service.js';
import { Secrets } from './secrets.js';
import { Arrivals } from './sign-in/arrivals.service.js';
import { Border } from './sign-in/border.service.js';
import { CallbackController } from './sign-in/callback.controller.js';
import { InteractionController } from './sign-in/interaction.controller.js';
import { Requests } from './sign-in/request.service.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { StepEntity } from './sign-in/step.entity.js';
import { Steps } from './sign-in/steps.service.js';
import { Cities } from './upstreams/cities.js';
import { OidcCity } from './upstreams/oidc-city.js';
import { RelyingParty } from './upstreams/relying-party.js';
import { TripEntity } from './upstreams/trip.entity.js';
import { Trips } from './upstreams/trips.service.js';
import { Upstreams } from './upstreams/upstreams.js';

/** Tables of the service. */
export const identitySchema = {
  entities: [
    DataFlowEntity,
    LinkEntity,
    ResidentEntity,
    ResidentDocumentEntity,
    StepEntity,
    SubjectHandleEntity,
    TripEntity,
    UpstreamAccountEntity,
  ],
  migrations: [Identity1700000100000, Levels1700000200000],
};

/** The wiring of the identity service. */
@Module({
  controllers: [InteractionController, CallbackController, HandlesController],
  providers: [
    {
      provide: Secrets,
      useFactory: (config: IdentityConfig) => new Secrets(config.KEK),
      inject: [CONFIG],
    },
    {
      provide: PageContext,
      useFactory: (config: IdentityConfig) =>
        new PageContext(config.JURISDICTION, config.CONSOLE_URLS[config.JURISDICTION]),
      inject: [CONFIG],
    },
    {
      provide: PROVIDER,
      useFactory: (
        ...[config, keys, bus, db, secrets, clients, flows, links, residents, pages, administrators]: ProviderArguments
      ) => currentProvider({ config, keys, bus, db, secrets, clients, flows, links, residents, pages, administrators }),
      inject: [CONFIG, Keys, Bus, DataSource, Secrets, Clients, Flows, Links, Residents, PageContext, Administrators],
    },
    Administrators,
    Arrivals,
    Ask,
    Border,
    Cities,
    Clients,
    Ends,
    Flows,
    Interactions,
    Links,
    OidcCity,
    RelyingParty,
    Requests,
    Residents,
    SignIn,
    Steps,
    Sweeper,
    Trips,
    Upstreams,
  ],
})
export class IdentityModule {}

type ProviderArguments = [
  IdentityConfig,
  Keys,
  Bus,
  DataSource,
  Secrets,
  Clients,
  Flows,
  Links,
  Residents,
  PageContext,
  Administrators,
];
