import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import type { IdentityDocument } from '@bayway/domain';
import { ConnectorFile } from '../settings/connector-file.js';
import { Source } from './source.js';

const SECRET = 'a secret of the test';
const SUMMARY = {
  resourceType: 'Bundle',
  entry: [
    { resource: { resourceType: 'Patient', birthDate: '1988-05-17', name: [{ text: '陳美怡' }] } },
    { resource: { resourceType: 'AllergyIntolerance', code: { text: 'Penicillin' }, recordedDate: '2021-03-02' } },
    { resource: { resourceType: 'AllergyIntolerance', code: { text: 'Latex' }, recordedDate: '2023-07-09' } },
  ],
};

let server: Server;
let base: string;
let secretFile: string;
/** What the system answers next to the summary's address, and what it was asked. */
let answer: (res: ServerResponse) => void;
const usual = (res: ServerResponse): void => void res.end(JSON.stringify(SUMMARY));
const asked: string[] = [];
let tokens = 0;

function hospital(req: IncomingMessage, res: ServerResponse): void {
  asked.push(`${req.method} ${req.url}`);
  res.setHeader('content-type', 'application/fhir+json');
  if (req.url === '/token') {
    const basic = Buffer.from(`hospital-connector:${encodeURIComponent(SECRET)}`).toString('base64');
    if (req.headers.authorization !== `Basic ${basic}`) return void res.writeHead(401).end('{}');
    tokens += 1;
    return void res.end(JSON.stringify({ access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 300 }));
  }
  if (req.headers.authorization !== `Bearer token-${tokens}`) return void res.writeHead(401).end('{}');
  if (req.url !== '/fhir/Patient/$summary?identifier=home-return-permit%7CH12345678')
    return void res.writeHead(404).end('{}');
  return answer(res);
}

beforeAll(async () => {
  server = createServer(hospital).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  secretFile = join(await mkdtemp(join(tmpdir(), 'bayway-http-source-')), 'secret');
  await writeFile(secretFile, `${SECRET}\n`);
});
afterAll(() => void server.close());
beforeEach(() => {
  answer = usual;
  asked.length = 0;
});

const get = '/Patient/$summary?identifier={kind}%7C{number}';
const resources = (type: string): string => `entry.resource[resourceType = '${type}']`;
const file = (over: Record<string, unknown> = {}, allergies: Record<string, unknown> = {}) => ({
  holder: 'causeway-hospital',
  source: {
    ...{ http: `${base}/fhir`, timeoutMs: 500, answerBytes: 2_000 },
    oauth: { token: `${base}/token`, clientId: 'hospital-connector', secretFile },
    ...over,
  },
  datasets: {
    'medical-summary': {
      presence: 'patient',
      items: {
        patient: {
          ...{ get, rows: 1, columns: { name: 'text', born_on: 'date' } },
          map: `${resources('Patient')}.{ 'name': name[0].text, 'born_on': birthDate }`,
        },
        allergies: {
          ...{ get, columns: { substance: 'text', recorded_on: 'date' }, dated: { from: 'recorded_on' } },
          map: `${resources('AllergyIntolerance')}.{ 'substance': code.text, 'recorded_on': recordedDate }`,
          ...allergies,
        },
      },
      answers: { 'no-allergy': { of: ['allergies'], expression: '$count(allergies) = 0' } },
    },
  },
});
const HERS: IdentityDocument = { kind: 'home-return-permit', number: 'H12345678' };
async function read(content: object, documents = [HERS], range?: { from: string; to: string }): Promise<unknown> {
  const parsed = ConnectorFile.parse(content);
  const dataset = Object.values(parsed.datasets)[0];
  if (!dataset) throw new Error('no dataset');
  const source = new Source(parsed);
  try {
    return (await source.read(dataset, { items: ['patient', 'allergies'], range }, documents)).items;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  } finally {
    await source.onModuleDestroy();
  }
}

describe('a system that answers JSON over HTTP', () => {
  it('is asked once, with a token, and its answer becomes items by JSONata', async () => {
    expect(await read(file())).toEqual({
      patient: { name: '陳美怡', born_on: '1988-05-17' },
      allergies: [
        { substance: 'Penicillin', recorded_on: '2021-03-02' },
        { substance: 'Latex', recorded_on: '2023-07-09' },
      ],
    });
    expect(asked).toEqual(['POST /token', 'GET /fhir/Patient/$summary?identifier=home-return-permit%7CH12345678']);
  });

  it('gives rows of the days that she allowed only', async () => {
    const range = { from: '2023-01-01', to: '2023-12-31' };
    expect(await read(file(), [HERS], range)).toMatchObject({ allergies: [{ substance: 'Latex' }] });
  });

  it('finds her under the document that it knows', async () => {
    const other: IdentityDocument = { kind: 'home-return-permit', number: 'H00000000' };
    expect(await read(file(), [other, HERS])).toMatchObject({ patient: { born_on: '1988-05-17' } });
    expect(await read(file(), [other])).toBe('record-not-found');
  });

  it.each<[string, (res: ServerResponse) => void, string]>([
    ['an error', (res) => void res.writeHead(500).end('{}'), 'holder-unreachable'],
    ['a redirect', (res) => void res.writeHead(302, { location: '/elsewhere' }).end(), 'holder-unreachable'],
    ['nothing in time', () => undefined, 'holder-unreachable'],
    ['no JSON', (res) => void res.end('<html>'), 'record-invalid'],
    ['too much', (res) => void res.end(JSON.stringify({ entry: 'x'.repeat(3_000) })), 'record-invalid'],
    [
      'another shape',
      (res) => void res.end(JSON.stringify({ entry: [{ resource: { resourceType: 'Patient' } }] })),
      'record-invalid',
    ],
  ])('that answers %s gives no record', async (_name, give, code) => {
    answer = give;
    expect(await read(file())).toBe(code);
  });

  it('that knows another secret gives no record', async () => {
    const wrong = join(await mkdtemp(join(tmpdir(), 'bayway-http-source-')), 'secret');
    await writeFile(wrong, 'another');
    const oauth = { token: `${base}/token`, clientId: 'hospital-connector', secretFile: wrong };
    expect(await read(file({ oauth }))).toBe('holder-unreachable');
  });

  it('gives no record when the mapping makes no rows, or rows that were not declared', async () => {
    expect(await read(file({}, { map: `"a text"` }))).toBe('record-invalid');
    expect(await read(file({}, { map: `$error('no')` }))).toBe('record-invalid');
    expect(await read(file({}, { map: `{ 'substance': 'x', 'recorded_on': '2024-01-01', 'more': 1 }` }))).toBe(
      'record-invalid',
    );
  });
});

describe('the file of such a source', () => {
  const refused = (content: object): string => ConnectorFile.safeParse(content).error?.issues[0]?.message ?? 'accepted';
  const sql = 'select 1 from x where document_kind = $1 and document_number = $2';

  it.each<[string, () => object]>([
    ['an address in the clear', () => file({ http: 'http://hospital.example/fhir' })],
    [
      'a token address in the clear',
      () => file({ oauth: { token: 'http://hospital.example/t', clientId: 'x', secretFile: 'y' } }),
    ],
    ['an item from a database', () => file({}, { get: undefined, map: undefined, sql })],
    ['an item without a mapping', () => file({}, { map: undefined })],
    ['a mapping that is no JSONata', () => file({}, { map: '(' })],
    ['a path that looks nobody up', () => file({}, { get: '/Patient' })],
  ])('is refused with %s', (_name, make) => {
    expect(refused(file())).toBe('accepted');
    expect(refused(make())).not.toBe('accepted');
  });
});
