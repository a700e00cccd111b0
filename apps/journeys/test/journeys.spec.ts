import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '@bayway/testing';
import { startSystem, type System } from '../src/system.js';
import { answers } from './parts/answers.js';
import { acting } from './parts/acting.js';
import { administrators } from './parts/console.js';
import { carried } from './parts/carried.js';
import { company } from './parts/company.js';
import { corridors } from './parts/corridors.js';
import { evidence } from './parts/evidence.js';
import { faults } from './parts/faults.js';
import { footprint } from './parts/footprint.js';
import { optionalItems } from './parts/items.js';
import { guides } from './parts/guides.js';
import { keyRotation } from './parts/key-rotation.js';
import { mainJob } from './parts/main-job.js';
import { noPayloadLeft } from './parts/no-payload-left.js';
import { ownEvidence } from './parts/own-evidence.js';
import { portal } from './parts/portal.js';
import { readme } from './parts/readme.js';
import { states } from './parts/states.js';
import { refusals } from './parts/refusals.js';
import { thirdPartyClients } from './parts/third-party-clients.js';

let system: System;
let browser: Browser;
beforeAll(async () => {
  system = await startSystem();
  browser = await launchBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
}, 60_000);

describe('the idle system', () => footprint(() => system));
// First of the walks: the README speaks to somebody who has never signed in.
describe('the README', () =>
  readme(
    () => system,
    () => browser,
  ));
describe('the main job', () =>
  mainJob(
    () => system,
    () => browser,
  ));
describe('an app of others', () =>
  thirdPartyClients(
    () => system,
    () => browser,
  ));
describe('the portal', () =>
  portal(
    () => system,
    () => browser,
  ));
describe('the console', () =>
  administrators(
    () => system,
    () => browser,
  ));
describe('a guide', () =>
  guides(
    () => system,
    () => browser,
  ));
describe('every state of every view', () =>
  states(
    () => system,
    () => browser,
  ));
describe('her choice', () => optionalItems(() => system));
describe('an answer for herself or for others', () =>
  acting(
    () => system,
    () => browser,
  ));
describe('a company', () =>
  company(
    () => system,
    () => browser,
  ));
describe('every corridor', () => corridors(() => system));
describe('answers', () => answers(() => system));
describe('a record that is carried', () => carried(() => system));
describe('a refusal', () => refusals(() => system));
describe('the evidence', () => evidence(() => system));
describe('her own evidence', () =>
  ownEvidence(
    () => system,
    () => browser,
  ));
describe('a rotation of keys', () => keyRotation(() => system));
describe('a payload', () => noPayloadLeft(() => system));
describe('a fault', () => faults(() => system));
