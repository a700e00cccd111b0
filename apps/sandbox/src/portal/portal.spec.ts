import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portalApp } from './app.js';

let server: Server;
let base: string;
beforeAll(async () => {
  const holder = {
    ...{ participant: 'qianchao-credit', name: 'Qianchao Credit', dataset: 'credit-report', cities: ['hangzhou'] },
    ...{ connector: 'http://127.0.0.1:9', token: 'a token that no connector knows at all', keys: {} as never },
  };
  const app = portalApp({ base: 'http://localhost', cities: 'http://127.0.0.1:9', holders: [holder] }, () => undefined);
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const asked = async (path: string, init: RequestInit = {}): Promise<[number, string | undefined]> => {
  const answer = await fetch(`${base}/qianchao-credit${path}`, init);
  return [answer.status, /data-code="([^"]+)"/.exec(await answer.text())?.[1]];
};

describe('the pages of a holder', () => {
  it('are there for everybody up to the sign-in', async () => {
    expect(await asked('')).toEqual([200, undefined]);
  });

  it.each<[string, string, RequestInit, [number, string]]>([
    ['a city that it takes no sign-ins from', '/to/atlantis', {}, [404, 'city-unknown']],
    ['a callback of nobody', '/cb?code=x&state=y', {}, [400, 'not-yours']],
    ['a record of nobody', '/record', {}, [403, 'not-signed-in']],
    ['a copy for nobody', '/record', { method: 'POST' }, [403, 'not-signed-in']],
    [
      'a file of another browser',
      '/file',
      { headers: { cookie: `holder_visit=${'A'.repeat(32)}` } },
      [403, 'not-signed-in'],
    ],
  ])('refuse %s', async (_name, path, init, expected) => {
    expect(await asked(path, init)).toEqual(expected);
  });
});
