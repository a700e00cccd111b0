import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RulesView, RuleView } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { RULE_CASES, RULES } from '@bayway/trust-rules';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { mainland } from '../../test/participants.js';
import { World } from '../../test/world.js';
import { rulesOn } from './register.js';

let world: World;
let officer: Officer;
beforeAll(async () => {
  world = await World.create();
  officer = new Officer(world, await world.broker('cn', mainland()), 'cn');
});
afterAll(() => world.end());

const all = (language = 'en', sent = {}) => officer.get<RulesView>(`/rules?language=${language}`, sent);
const one = (id: string, sent = {}) => officer.get<RuleView>(`/rules/${id}?language=en`, sent);
const han = /[\u4e00-\u9fff]/;

describe('GET /rules', () => {
  it.each(LANGUAGES)('answers every rule with its article, text and days in %s', async (language) => {
    const { status, body } = await all(language);
    const rules = body.instruments.flatMap((instrument) => instrument.rules);
    expect([status, rules.map(({ id }) => id).sort()]).toEqual([200, RULES.map(({ id }) => id).sort()]);
    const names = body.instruments.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { text } of rules) expect([text, han.test(text)]).toEqual([text, language.startsWith('zh')]);
    for (const { name } of body.instruments) expect([name, han.test(name)]).toEqual([name, language.startsWith('zh')]);
  });

  it('says of each rule whether it is in force that day', () => {
    const on = (day: string, id: string) =>
      rulesOn(new Date(day), 'en')
        .instruments.flatMap(({ rules }) => rules)
        .find((rule) => rule.id === id)?.isInForce;
    expect([on('2024-12-31T15:59:59Z', 'CN.AML06.19'), on('2024-12-31T16:00:00Z', 'CN.AML06.19')]).toEqual([
      ...[true, false],
    ]);
    expect([on('2024-12-31T15:59:59Z', 'CN.AML.34'), on('2024-12-31T16:00:00Z', 'CN.AML.34')]).toEqual([false, true]);
    expect(on('2026-11-24T00:00:00Z', 'HK.S33')).toBe(false);
  });

  it('counts the cases that exercise it, of those the rules are held to', async () => {
    const { body } = await all();
    expect(body.cases).toBe(RULE_CASES.length);
    for (const { id, cases } of body.instruments.flatMap(({ rules }) => rules)) {
      const [decided, beside] = [3, 4].map((at) => RULE_CASES.filter((one) => one[at]?.split(' ').includes(id)).length);
      expect([id, cases]).toEqual([id, { decided, cited: Number(decided) + Number(beside) }]);
    }
  });

  it.each(['/rules', '/rules?language=la', '/rules/cn?language=en'])('refuses %s', async (path) => {
    const answer = await officer.get(path);
    expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('GET /rules/:id', () => {
  it('answers what the rule does where, and each case with what became of it', async () => {
    const { body } = await one('CN.CRIR.18');
    const written = body.uses.find(({ effect }) => effect === 'hold');
    expect(written).toMatchObject({ code: 'written-consent' });
    expect(written?.says).toMatch(/written/);
    expect(written?.when.length).toBeGreaterThan(0);
    expect(body.tests.length).toBe(body.cases.cited);
    const deciding = body.tests.filter(({ decided }) => decided);
    expect([deciding.length, deciding.some(({ outcome }) => outcome === 'hold')]).toEqual([body.cases.decided, true]);
  });

  it('names every effect but a mere citation, and what is left out', async () => {
    const unnamed = [];
    for (const { id } of RULES)
      for (const use of (await one(id)).body.uses)
        if (use.says === null && use.effect !== 'cite' && use.effect !== 'drop') unnamed.push(`${id} ${use.code}`);
    expect(unnamed).toEqual([]);
  }, 30_000);

  it('answers 404 for a rule that the register does not have', async () => {
    const answer = await one('CN.PIPL.999');
    expect([answer.status, codeOfProblem(answer)]).toEqual([404, 'rule-not-found']);
  });
});

describe('the rules', () => {
  it.each(DENIED)('deny: %s', async (_name, sent, status, code) => {
    for (const answer of [await all('en', sent), await one('CN.PIPL.4', sent)])
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
  });

  it('are read by a regulator too', async () => {
    expect((await all('en', { roles: ['regulator'] })).status).toBe(200);
  });
});
