import { readFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { matchNumber, type IdentityDocument } from '@bayway/domain';
import jsonata from 'jsonata';
import { z } from 'zod';
import type { HttpSource, Item } from '../settings/connector-file.js';
import type { Query, Reader } from './reader.js';
import type { Row } from './rows.js';

const Token = z.object({ access_token: z.string().min(1).max(8_000), expires_in: z.number().min(1).optional() });
const Rows = z.array(z.record(z.string().max(60), z.unknown()));
/** A token is not used in its last seconds, and without a stated life not for long. */
const MARGIN_S = 30;
const SHORT_LIFE_S = 60;

/** Reads a system that answers JSON over HTTP, as an OAuth client where it asks for one. It follows no redirects. */
export class HttpReader implements Reader {
  private readonly logger = new Logger('source');
  private token: { text: string; until: number } | null = null;

  constructor(
    private readonly source: HttpSource,
    private readonly holder: string,
  ) {}

  async close(): Promise<void> {
    return Promise.resolve();
  }

  /** Each address is asked once for all the items that come of it. */
  async within<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const answers = new Map<string, Promise<unknown>>();
    return work(async (item, document) => {
      const path = pathOf(item, document);
      const answer = answers.get(path) ?? this.get(path);
      answers.set(path, answer);
      return this.rowsOf(item, await answer);
    });
  }

  /** What the mapping makes of an answer; an error of it may quote the answer, and is told to nobody. */
  private async rowsOf({ map = '' }: Item, answer: unknown): Promise<Row[]> {
    if (answer === null) return [];
    const mapped: unknown = await jsonata(map)
      .evaluate(answer)
      .catch(() => Symbol('failed'));
    const list =
      mapped === undefined || mapped === null ? [] : Array.isArray(mapped) ? [...(mapped as unknown[])] : [mapped];
    const rows = Rows.safeParse(list);
    if (!rows.success) throw this.problem('record-invalid', 'mapping');
    return rows.data;
  }

  /** The JSON at a path; null where there is none (404). */
  private async get(path: string): Promise<unknown> {
    const authorization = await this.authorization();
    const headers = { accept: 'application/json, application/fhir+json', ...authorization };
    const response = await this.ask(`${this.source.http}${path}`, { headers });
    if (response.status === 404) return null;
    if (response.status === 401) this.token = null;
    if (!response.ok) throw this.problem('holder-unreachable', `status ${response.status}`);
    return this.json(response);
  }

  private async authorization(): Promise<Record<string, string>> {
    const { oauth } = this.source;
    if (!oauth) return {};
    if (!this.token || this.token.until <= Date.now()) this.token = await this.fresh(oauth);
    return { authorization: `Bearer ${this.token.text}` };
  }

  private async fresh(oauth: NonNullable<HttpSource['oauth']>): Promise<{ text: string; until: number }> {
    const secret = (await readFile(oauth.secretFile, 'utf8')).trim();
    const basic = Buffer.from([oauth.clientId, secret].map(encodeURIComponent).join(':')).toString('base64');
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(oauth.scope ? { scope: oauth.scope } : {}),
    });
    const headers = { accept: 'application/json', authorization: `Basic ${basic}` };
    const response = await this.ask(oauth.token, { method: 'POST', body, headers });
    const token = response.ok ? Token.safeParse(await this.json(response)).data : undefined;
    if (!token) throw this.problem('holder-unreachable', `token status ${response.status}`);
    const seconds = (token.expires_in ?? SHORT_LIFE_S + MARGIN_S) - MARGIN_S;
    return { text: token.access_token, until: Date.now() + seconds * 1_000 };
  }

  private async ask(url: string, init: RequestInit): Promise<Response> {
    const bounds = { redirect: 'error' as const, signal: AbortSignal.timeout(this.source.timeoutMs) };
    return fetch(url, { ...init, ...bounds }).catch((error: unknown) => {
      throw this.problem('holder-unreachable', (error as Error).name);
    });
  }

  /** An answer that is longer than allowed is not read to its end. */
  private async json(response: Response): Promise<unknown> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
        size += piece.length;
        if (size > this.source.answerBytes) throw this.problem('record-invalid', 'longer than allowed');
        pieces.push(piece);
      }
      return JSON.parse(Buffer.concat(pieces).toString('utf8'));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw this.problem(error instanceof SyntaxError ? 'record-invalid' : 'holder-unreachable', (error as Error).name);
    }
  }

  /** Neither addresses nor answers are logged: both name the person. */
  private problem(code: 'record-invalid' | 'holder-unreachable', failure: string): DomainError {
    this.logger.warn({ holder: this.holder, failure });
    return new DomainError(code);
  }
}

const pathOf = ({ get = '' }: Item, document: IdentityDocument): string =>
  get
    .replaceAll('{kind}', encodeURIComponent(document.kind))
    .replaceAll('{number}', encodeURIComponent(matchNumber(document)));
