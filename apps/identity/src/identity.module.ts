import { Module, type InjectionToken } from '@nestjs/common';
import { Bus, CONFIG, Keys, SaltRetention } from '@bayway/service';
import { DataSource } from 'typeorm';
import { AccountController } from './account/account.controller.js';
import { Account } from './account/account.service.js';
import { Administrators } from './administrators/administrators.js';
import { Ask } from './acts/ask.service.js';
import { ForWhom } from './acts/for-whom.service.js';
import { Clients } from './clients/clients.js';
import { RegisteredClients } from './clients/registered-clients.js';
import type { IdentityConfig } from './config.js';
import { Ends } from './flows/ends.js';
import { DataFlowEntity } from './flows/flow.entity.js';
import { Flows } from './flows/flows.service.js';
import { LinkEntity } from './linking/link.entity.js';
import { Links } from './linking/links.service.js';
import { Identity1700000100000 } from './migrations/1700000100000-identity.js';
import { Levels1700000200000 } from './migrations/1700000200000-levels.js';
import { Provider1700004100000 } from './migrations/1700004100000-provider.js';
import { SignIns1700004200000 } from './migrations/1700004200000-sign-ins.js';
import { Steps1700005100000 } from './migrations/1700005100000-steps.js';
import { SaltRetention1800000160000 } from './migrations/1800000160000-salt-retention.js';
import { Interactions, PROVIDER } from './oidc/interactions.js';
import { currentProvider, type ProviderParts } from './oidc/provider.js';
import { SigningKeys } from './oidc/signing-keys.js';
import { Sweeper } from './oidc/sweeper.js';
import { localVault, VAULT, type Vault } from './oidc/vault.js';
import { PageContext } from './pages/page-context.js';
import { Cuts } from './peers/cuts.js';
import { PeerPolicies } from './peers/peer-policy.js';
import { Releases } from './releases/releases.service.js';
import { EnrolmentController } from './residents/enrolment.controller.js';
import { SubjectHandleEntity } from './residents/handle.entity.js';
import { HandlesController } from './residents/handles.controller.js';
import { ResidentDocumentEntity, ResidentEntity, UpstreamAccountEntity } from './residents/resident.entity.js';
import { Residents } from './residents/residents.service.js';
import { Secrets } from './secrets.js';
import { BackchannelController } from './sessions/backchannel.controller.js';
import { Sessions } from './sessions/sessions.service.js';
import { SignInEntity } from './sessions/sign-in.entity.js';
import { SignIns } from './sessions/sign-ins.service.js';
import { Arrivals } from './sign-in/arrivals.service.js';
import { Border } from './sign-in/border.service.js';
import { CallbackController } from './sign-in/callback.controller.js';
import { InteractionController } from './sign-in/interaction.controller.js';
import { Requests } from './sign-in/request.service.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { Steps } from './sign-in/steps.service.js';
import { Cities } from './upstreams/cities.js';
import { IamSmartCity } from './upstreams/iam-smart-city.js';
import { OidcCity } from './upstreams/oidc-city.js';
import { RelyingParty } from './upstreams/relying-party.js';
import { SignedCalls } from './upstreams/signed-calls.js';
import { TicketCity } from './upstreams/ticket-city.js';
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
    SignInEntity,
    SubjectHandleEntity,
    TripEntity,
    UpstreamAccountEntity,
  ],
  migrations: [
    Identity1700000100000,
    Levels1700000200000,
    Provider1700004100000,
    SignIns1700004200000,
    Steps1700005100000,
    SaltRetention1800000160000,
  ],
};

/** What the provider is made of, each part by the token under which Nest has it. */
const PARTS = {
  config: CONFIG,
  keys: Keys,
  bus: Bus,
  db: DataSource,
  secrets: Secrets,
  clients: Clients,
  flows: Flows,
  links: Links,
  residents: Residents,
  pages: PageContext,
  administrators: Administrators,
  signingKeys: SigningKeys,
  signIns: SignIns,
} satisfies Record<keyof ProviderParts, InjectionToken>;

const partsOf = (parts: readonly unknown[]): ProviderParts =>
  Object.fromEntries(Object.keys(PARTS).map((name, place) => [name, parts[place]])) as ProviderParts;

/** The wiring of the identity service. */
@Module({
  controllers: [
    InteractionController,
    CallbackController,
    AccountController,
    BackchannelController,
    HandlesController,
    EnrolmentController,
  ],
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
    { provide: PeerPolicies, useFactory: (config: IdentityConfig) => PeerPolicies.open(config), inject: [CONFIG] },
    { provide: VAULT, useFactory: localVault, inject: [Secrets] },
    {
      provide: SigningKeys,
      useFactory: (db: DataSource, vault: Vault) => SigningKeys.open(db, vault),
      inject: [DataSource, VAULT],
    },
    {
      provide: PROVIDER,
      useFactory: (...parts: unknown[]) => currentProvider(partsOf(parts)),
      inject: Object.values(PARTS),
    },
    Account,
    Administrators,
    Arrivals,
    Ask,
    Border,
    Cities,
    Clients,
    Cuts,
    Ends,
    SaltRetention,
    Flows,
    ForWhom,
    IamSmartCity,
    Interactions,
    Links,
    OidcCity,
    RegisteredClients,
    RelyingParty,
    Releases,
    Requests,
    Residents,
    Sessions,
    SignIn,
    SignIns,
    SignedCalls,
    Steps,
    Sweeper,
    TicketCity,
    Trips,
    Upstreams,
  ],
})
export class IdentityModule {}
