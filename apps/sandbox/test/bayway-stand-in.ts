import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import { DeliveryReceiptClaims, SignedRequestClaims } from '@bayway/contracts';
import {
  RecordClaims,
  digestOf,
  randomName,
  sealRecord,
  verify,
  type KeyDirectory,
  type PrivateKey,
} from '@bayway/envelope';
import type { TestTrust } from '@bayway/testing';
import Provider, { errors, type Configuration } from 'oidc-provider';
import { memoryAdapter } from '../src/cities/memory-adapter.js';

export const BANK = 'hk/participant/tsing-wan-bank';
export const HOLDER = 'cn/participant/pengwan-credit';
const AUDIENCE = 'urn:bayway:hk:broker';

/** How the other side behaves in a test. */
export type Behaviour = {
  answer: 'allow' | 'access_denied' | 'unmet_authentication_requirements';
  /** Members of the refusal of a pushed request, or null. */
  refusal: Record<string, unknown> | null;
  /** What the broker says to a data request after it said `sent` once. */
  settles: 'ready' | 'refused' | { problem: string };
  /** Who signs the record, and what is changed in it. */
  signer: PrivateKey;
  record: Partial<RecordClaims>;
  /** How many calls the broker does not answer first. */
  silent: number;
  granted: Record<string, unknown>;
};

/** What the other side saw. */
export type Seen = {
  requests: SignedRequestClaims[];
  receipts: DeliveryReceiptClaims[];
  keys: Set<string>;
  authorization: Set<string>;
  statements: string[];
};

/**
 * Stands in for Bayway as a partner sees it: an OpenID provider, a broker and a published key directory over real
 * protocols, with the project's own signing, so that what the bank does by itself is held against it.
 */
export class BaywayStandIn {
  readonly behaviour: Behaviour;
  readonly seen: Seen = { requests: [], receipts: [], keys: new Set(), authorization: new Set(), statements: [] };
  private directory: Promise<KeyDirectory> | undefined;
  private readonly views = new Map<string, { signedRequest: string; asked: number }>();

  constructor(private readonly trust: TestTrust) {
    const signer = trust.key(HOLDER, 'sig');
    this.behaviour = { answer: 'allow', refusal: null, settles: 'ready', signer, record: {}, silent: 0, granted: {} };
  }

  app(base: string, callback: string): Express {
    const app = express();
    app.get('/evidence/key-directory', async (_req, res) => void res.json({ entries: await this.trust.source('cn') }));
    app.get(
      '/evidence-hk/key-directory',
      async (_req, res) => void res.json({ entries: await this.trust.source('hk') }),
    );
    app.post('/broker/consent-ends/statements', express.json(), (req, res) => {
      this.seen.statements.push((req.body as { statement: string }).statement);
      res.json({ what: 'deletion' });
    });
    this.broker(app);
    const provider = this.provider(`${base}`, callback);
    app.get('/interaction/:uid', async (req, res) => this.interact(provider, req, res));
    app.use(provider.callback());
    return app;
  }

  private provider(issuer: string, callback: string): Provider {
    const client = this.trust.key(BANK, 'client');
    const metadata = {
      client_id: 'tsing-wan-bank',
      redirect_uris: [callback],
      token_endpoint_auth_method: 'private_key_jwt' as const,
      jwks: { keys: [{ ...client.publicKey, kid: client.kid }] },
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
      id_token_signed_response_alg: 'ES256' as const,
      authorization_details_types: ['data-request'],
    };
    const provider = new Provider(issuer, this.configuration([metadata]));
    provider.use(async (ctx, next) => {
      await next();
      const body = ctx.body as { error?: string } | undefined;
      if (body?.error === 'invalid_authorization_details') Object.assign(body, this.behaviour.refusal);
    });
    return provider;
  }

  private configuration(clients: Parameters<typeof memoryAdapter>[0]): Configuration {
    const key = this.trust.key('hk/identity', 'oidc');
    return {
      adapter: memoryAdapter(clients),
      jwks: { keys: [{ ...key.jwk, kid: key.kid, alg: 'ES256', use: 'sig' } as never] },
      cookies: { keys: ['test'] },
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client!.clientId,
          accountId: ctx.oidc.session!.accountId,
        });
        grant.addOIDCScope('openid');
        grant.addResourceScope(AUDIENCE, 'data');
        const [detail] = JSON.parse(String(ctx.oidc.params!.authorization_details)) as Record<string, unknown>[];
        grant.addRar({ ...detail, ...this.enriched() } as never);
        await grant.save();
        return grant;
      },
      ttl: { AccessToken: 300, IdToken: 300, Interaction: 300, Session: 300, Grant: 300 },
      features: {
        devInteractions: { enabled: false },
        dPoP: { enabled: true },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: 'data',
            audience: AUDIENCE,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
        richAuthorizationRequests: {
          enabled: true,
          types: {
            'data-request': {
              validate: () => {
                if (this.behaviour.refusal) throw new errors.InvalidAuthorizationDetails('request-not-lawful');
              },
            },
          },
          authorizationDetailsForGrantSource: (ctx) => ctx.oidc.entities.Grant?.rar,
          authorizationDetailsForAccessToken: (_ctx, _token, source) => (source as { rar?: never }).rar,
          authorizationDetailsForIntrospection: () => undefined,
        },
      },
    } as Configuration;
  }

  private enriched() {
    const ids = { request_id: randomUUID(), consent_id: randomUUID(), subject_handle: randomName() };
    return { importer: 'hk', recipient: 'tsing-wan-bank', ...ids, ...this.behaviour.granted };
  }

  private async interact(provider: Provider, req: Request, res: Response): Promise<void> {
    const { answer } = this.behaviour;
    const result = answer === 'allow' ? { login: { accountId: 'somebody' }, consent: {} } : { error: answer };
    await provider.interactionFinished(req, res, result);
  }

  private broker(app: Express): void {
    const guarded =
      (answer: (req: Request, res: Response) => Promise<unknown>) => async (req: Request, res: Response) => {
        this.seen.authorization.add(`${req.headers.authorization?.split(' ')[0]} ${typeof req.headers.dpop}`);
        this.behaviour.silent -= 1;
        if (this.behaviour.silent >= 0) return void res.status(503).json({});
        await answer(req, res);
      };
    app.post(
      '/broker/data-requests',
      express.json(),
      guarded((req, res) => this.accept(req, res)),
    );
    app.get(
      '/broker/data-requests/:id',
      guarded((req, res) => Promise.resolve(res.json(this.view(String(req.params.id))))),
    );
    app.get(
      '/broker/data-requests/:id/record',
      guarded((req, res) => this.record(req, res)),
    );
    app.post(
      '/broker/data-requests/:id/receipt',
      express.json(),
      guarded((req, res) => this.receipted(req, res)),
    );
  }

  /** Read once: what a test does to the published lines is meant for the bank. */
  private keys(): Promise<KeyDirectory> {
    this.directory ??= this.trust.directory();
    return this.directory;
  }

  private async accept(req: Request, res: Response): Promise<unknown> {
    const { settles } = this.behaviour;
    if (typeof settles === 'object')
      return res.status(403).json({
        type: `https://bayway.example/problems/${settles.problem}`,
        title: 'Consent was withdrawn',
        status: 403,
      });
    const { signedRequest } = req.body as { signedRequest: string };
    this.seen.keys.add(String(req.headers['idempotency-key']));
    const keys = await this.keys();
    this.seen.requests.push(
      await verify(signedRequest, { type: 'request', schema: SignedRequestClaims, by: BANK, keys, at: new Date() }),
    );
    const id = randomUUID();
    this.views.set(id, { signedRequest, asked: 0 });
    return res.status(202).json(this.view(id));
  }

  private view(id: string) {
    const known = this.views.get(id)!;
    known.asked += 1;
    const state = known.asked < 2 ? 'sent' : this.behaviour.settles;
    const refusal = {
      code: 'request-not-permitted-yet',
      jurisdiction: 'cn',
      rule: 'CN.CRIR.18',
      article: 'article 18',
      reasons: ['written-consent'],
    };
    const record =
      state === 'ready' ? { ciphertextDigest: digestOf('x'), size: 1, availableUntil: new Date().toISOString() } : null;
    return {
      id,
      state,
      holder: 'pengwan-credit',
      exporter: 'cn',
      refusal: state === 'refused' ? refusal : null,
      problem: null,
      record,
    };
  }

  private async record(req: Request, res: Response): Promise<unknown> {
    const { signedRequest } = this.views.get(String(req.params.id))!;
    const claims = this.seen.requests.at(-1)!;
    const enc = this.trust.key(BANK, 'enc');
    const record = RecordClaims.parse({
      iss: 'pengwan-credit',
      iat: Math.floor(Date.now() / 1_000),
      sub: claims.subject_handle,
      requestDigest: digestOf(signedRequest),
      consentId: claims.consent_id,
      dataset: 'credit-report',
      items: { 'subject-name': [{ name: '陳美怡', year_of_birth: 1988 }], defaults: [] },
      left_out: [{ item: 'guarantees', rule: 'CN.CRIR.16' }],
      conditions: [{ code: 'delete-by', due: '2027-07-31' }],
      ...this.behaviour.record,
    });
    return res
      .type('application/jose')
      .send(await sealRecord(this.behaviour.signer, { kid: enc.kid, key: enc.publicKey }, record));
  }

  private async receipted(req: Request, res: Response): Promise<unknown> {
    const { receipt } = req.body as { receipt: string };
    const keys = await this.keys();
    this.seen.receipts.push(
      await verify(receipt, { type: 'delivery', schema: DeliveryReceiptClaims, by: BANK, keys, at: new Date() }),
    );
    return res.json({});
  }
}
