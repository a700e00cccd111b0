import { errors, type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider';
import type { DataSource } from 'typeorm';

/** Found by grant: nothing else may go when a grant goes, least of all a running interaction. */
const BOUND_TO_GRANT = ['AccessToken', 'AuthorizationCode', 'RefreshToken'];

const UPSERT = `
  insert into oidc_artifact (model, id, payload, grant_id, uid, user_code, expires_at)
  values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 second')
  on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
    user_code = excluded.user_code, expires_at = excluded.expires_at`;

/** A name seen before is taken again only when its time was over: two instances cannot both be first. */
const FIRST_SEEN = `${UPSERT} where oidc_artifact.expires_at < now()`;

const CONSUME = `
  update oidc_artifact
     set consumed_at = now(), payload = payload || jsonb_build_object('consumed', extract(epoch from now())::bigint)
   where model = $1 and id = $2 and consumed_at is null`;

/** A registration access token lives as long as its client; everything else has an expiry of its own, or a day. */
const DEFAULT_LIFE_SECONDS = 86_400;
const LASTING_SECONDS = 100 * 366 * DEFAULT_LIFE_SECONDS;

/** Ends a grant with all that hangs on it: somebody has used twice what counts once, and who is who cannot be told. */
const END_GRANT = `
  with used as (select grant_id from oidc_artifact where model = $1 and id = $2 and grant_id is not null)
  delete from oidc_artifact a using used
   where (a.grant_id = used.grant_id and a.model in ('AccessToken', 'AuthorizationCode', 'RefreshToken'))
      or (a.model = 'Grant' and a.id = used.grant_id)`;

const FIND = 'select payload from oidc_artifact where model = $1 and id = $2';
const FIND_BY_UID =
  "select payload from oidc_artifact where model = 'Session' and uid = $1 order by expires_at desc limit 1";
const FIND_BY_USER_CODE = 'select payload from oidc_artifact where model = $1 and user_code = $2 limit 1';
const DESTROY = 'delete from oidc_artifact where model = $1 and id = $2';
const REVOKE = `
  delete from oidc_artifact
   where grant_id = $2 and model = $1 and model in ('AccessToken', 'AuthorizationCode', 'RefreshToken')`;

type Answered = Readonly<{ rows: readonly { payload: AdapterPayload }[]; rowCount: number | null }>;
type Pool = Readonly<{ query(statement: { name: string; text: string; values: unknown[] }): Promise<Answered> }>;

/**
 * The connections that TypeORM has opened, asked without it: a sign-in is thirty of these statements, each prepared once
 * for a connection and sent as it is.
 */
const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { master: Pool }).master;

/** What names of rows are made of; callers send anything, also what PostgreSQL takes for no text. */
const STORED_ID = /^[\w.~:-]{1,400}$/;

/** oidc-provider's storage for one model, in PostgreSQL. Rows past their time are swept later; the library checks `exp`. */
class ArtifactAdapter implements Adapter {
  constructor(
    private readonly db: DataSource,
    private readonly model: string,
  ) {}

  private ask(name: string, text: string, values: unknown[]): Promise<Answered> {
    return poolOf(this.db).query({ name: `artifact ${name}`, text, values });
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const once = this.model === 'ReplayDetection';
    const { grantId = null, uid = null, userCode = null } = payload;
    const lasting = this.model === 'RegistrationAccessToken' ? LASTING_SECONDS : DEFAULT_LIFE_SECONDS;
    const values = [this.model, id, JSON.stringify(payload), grantId, uid, userCode, expiresIn ?? lasting];
    const { rowCount } = await (once ? this.ask('first seen', FIRST_SEEN, values) : this.ask('upsert', UPSERT, values));
    if (rowCount === 0) throw new errors.InvalidRequest('a proof that counts once was used before');
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (!STORED_ID.test(id)) return undefined;
    return (await this.ask('find', FIND, [this.model, id])).rows[0]?.payload;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return (await this.ask('find by uid', FIND_BY_UID, [uid])).rows[0]?.payload;
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return (await this.ask('find by user code', FIND_BY_USER_CODE, [this.model, userCode])).rows[0]?.payload;
  }

  /**
   * Marks it used, in one step: of two callers one succeeds, and the grant of both ends (RFC 6749 section 4.1.2, RFC 9700
   * section 4.14.2). A later caller is refused by the library, with the same end.
   */
  async consume(id: string): Promise<void> {
    const { rowCount } = await this.ask('consume', CONSUME, [this.model, id]);
    if (rowCount) return;
    await this.ask('end grant', END_GRANT, [this.model, id]);
    throw new errors.InvalidGrant('used before');
  }

  async destroy(id: string): Promise<void> {
    await this.ask('destroy', DESTROY, [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    if (!BOUND_TO_GRANT.includes(this.model)) return;
    await this.ask('revoke', REVOKE, [this.model, grantId]);
  }
}

/** Clients have a place of their own; those of the settings and the peers are read there each time, and are not changed. */
class ClientAdapter extends ArtifactAdapter {
  constructor(
    db: DataSource,
    private readonly clients: ClientSource,
  ) {
    super(db, 'Client');
  }

  override find(id: string): Promise<AdapterPayload | undefined> {
    return CLIENT_ID.test(id) ? this.clients.metadata(id) : Promise.resolve(undefined);
  }

  override upsert(id: string, metadata: AdapterPayload): Promise<void> {
    return this.clients.save(id, metadata);
  }

  override destroy(id: string): Promise<void> {
    return this.clients.remove(id);
  }
}

const CLIENT_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** Where clients are kept. */
export type ClientSource = Readonly<{
  /** The metadata of a client as of now, or undefined for one we do not know. */
  metadata(id: string): Promise<AdapterPayload | undefined>;
  save(id: string, metadata: AdapterPayload): Promise<void>;
  remove(id: string): Promise<void>;
}>;

/** The adapter factory for a provider. */
export const artifactAdapter =
  (db: DataSource, clients: ClientSource): AdapterFactory =>
  (model) =>
    model === 'Client' ? new ClientAdapter(db, clients) : new ArtifactAdapter(db, model);
