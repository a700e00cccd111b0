import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '@bayway/domain';
import { assess, decide } from '../src/decide.js';
import { explain } from '../src/explain.js';
import { GOLDEN, type GoldenCase } from './golden.js';

const golden = (id: string): GoldenCase => GOLDEN.find((each) => each.id === id) as GoldenCase;

describe('explain', () => {
  it('says a plain sentence per reason in the reader’s language, with article and instrument', () => {
    const { decision, findings } = assess(golden('G04').facts);
    const [reason] = explain(decision, 'zh-Hant', findings).reasons;
    expect(reason?.sentence).toBe('還欠：單獨同意。');
    expect(reason?.citations.map(({ rule, article }) => `${rule} ${article}`)).toEqual([
      'CN.PIPL.23 第二十三條',
      'CN.PIPL.29 第二十九條',
      'CN.PIPL.39 第三十九條',
    ]);
    expect(reason?.citations[0]?.instrument).toBe('《中華人民共和國個人信息保護法》');
    expect(reason?.facts).toEqual(expect.arrayContaining(['consent.separate', 'consent.bundled', 'basis.kind']));
  });

  it('names the reason to forbid when the findings are at hand, and stays general without them', () => {
    const { decision, findings } = assess(golden('G05').facts);
    const exact = explain(decision, 'en', findings).reasons[0];
    expect(exact?.sentence).toBe('These data were received under a contract of the Bay and stay in its area.');
    const general = explain(decision, 'en').reasons[0];
    expect(general?.sentence).toBe('The data cannot be sent this way.');
    expect(general?.citations.map(({ rule }) => rule)).toContain('GBA.HK.4.2');
  });

  it('says by when a duty falls due, and how long one lasts', () => {
    const { decision, findings } = assess(golden('G31').facts);
    const sentences = explain(decision, 'pt', findings).reasons.map(({ sentence }) => sentence);
    expect(sentences).toContainEqual(
      expect.stringMatching(/^A cumprir até \d{4}-\d{2}-\d{2}: responder até à data\.$/),
    );
    const kept = explain(decide(golden('G03').facts), 'zh-Hans').reasons.map(({ sentence }) => sentence);
    expect(kept).toContain('须做到：保存影响评估报告（3年）。');
  });

  it('says which item is left out and why', () => {
    const [reason] = explain(decide(golden('G18').facts), 'en').reasons;
    expect(reason?.sentence).toMatch(/^Left out: negative2020\. Negative entries are kept for five years/);
  });

  it('does not list missing steps where the outcome is not a hold', () => {
    const { decision, findings } = assess(golden('G65-3').facts);
    expect(findings.some(({ effect }) => effect === 'hold')).toBe(true);
    expect(explain(decision, 'en', findings).reasons.map(({ effect }) => effect)).not.toContain('hold');
  });

  it('explains every golden case in four languages without a raw code', () => {
    for (const { facts } of GOLDEN) {
      const { decision, findings } = assess(facts);
      for (const language of LANGUAGES) {
        for (const said of [explain(decision, language, findings), explain(decision, language)]) {
          expect(said.outcome).not.toBe(decision.outcome);
          expect(said.applied.map(({ rule }) => rule)).toEqual(decision.because);
          for (const { sentence, effect } of said.reasons) {
            expect(sentence).not.toMatch(/\{|undefined/);
            if (effect !== 'drop') expect(sentence).not.toMatch(/[a-z]+-[a-z]+-[a-z]+|[a-z]+\.[a-z]+[A-Z]/);
          }
        }
      }
    }
  });

  it('gives every hold, escalation and drop a rule where one is in force', () => {
    const bare = new Set<string>();
    for (const { facts } of GOLDEN) {
      for (const { effect, code, rules } of assess(facts).findings)
        if (['hold', 'escalate', 'drop'].includes(effect) && rules.length === 0) bare.add(code);
    }
    // No rule of the register asks for an agent's authority, and nothing regulates these pairs of places.
    expect([...bare].sort()).toEqual(['agent-authorisation', 'authority-pair', 'gba-volume', 'gov-service-pair']);
  });
});
