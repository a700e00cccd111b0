import { describe, expect, it } from '@jest/globals';
import { renderFragment, t } from '@bayway/design';
import { ActKind, LANGUAGES, Purpose, type Language } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { agency, bank, corridors, items, mainlandActs, newDetail } from '../../test/factories.js';
import { noticeFor } from '../notices/notice.js';
import { AskPage } from './ask-page.js';
import { wordsOf } from './ask-words.js';

const dataset = {
  id: 'credit-report',
  name: { 'zh-Hant': '信貸報告', 'zh-Hans': '信用报告', pt: 'Relatório de crédito', en: 'Credit report' },
} as never;
type Asked = Parameters<typeof wordsOf>[0];
const ask = (over: Partial<Asked> = {}): Asked => ({
  notice: noticeFor(over.detail ?? newDetail()),
  detail: newDetail({ request_id: '3f8f9f26-6f7c-4c43-9d0c-0f7f3d0b6a11' }),
  parties: { holder: agency, recipient: bank, dataset },
  items,
  dropped: [],
  acts: mainlandActs,
  expiresAt: new Date('2026-11-22T07:42:00Z'),
  ...over,
});
const render = (language: Language, over: Partial<Asked> = {}): string =>
  renderFragment(<AskPage words={wordsOf(ask(over), language, { displayName: 'Chan Mei Yee' })} />);

/** Text that is read before the first act: no labels, marks, names of items, places, addresses or identity line. */
function runningText(html: string): string {
  return html
    .slice(0, html.indexOf('<fieldset'))
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<p class="kicker">.*?<\/p>/s, '')
    .replace(/<div class="span .*?<dl/s, '<dl')
    .replace(/<dt>.*?<\/dt>/gs, '')
    .replace(/<dd>[^<]*<\/dd><\/div><div><dd>.*?<\/dd>/s, '')
    .replace(/<h2.*?<\/h2>/gs, '')
    .replace(/<span class="tags">.*?<\/span><\/span>/gs, '')
    .replace(/<span class="what">([^<]*)(<small>.*?<\/small>)?<\/span>/gs, '$2')
    .replace(/<[^>]+>/g, ' ');
}
const sizeOf = (language: Language, text: string): number =>
  language.startsWith('zh')
    ? (text.match(/\p{Script=Han}/gu) ?? []).length
    : (text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? []).length;

const BUDGET: Readonly<Record<Language, number>> = { en: 150, pt: 165, 'zh-Hant': 260, 'zh-Hans': 260 };

describe('an ask that is not for the record itself', () => {
  it.each(LANGUAGES)('says what is sent instead, and that the record stays: %s', (language) => {
    const asked = ask({ detail: newDetail({ mode: 'answer' }) });
    const words = wordsOf(asked, language, { displayName: 'Chan Mei Yee' });
    const { question, items: title } = t(language).ask.modes.answer;
    expect(words.itemsTitle).toBe(title);
    expect(words.mode).toContain(agency.name[language]);
    expect(words.title).not.toBe(wordsOf(ask(), language, { displayName: 'Chan Mei Yee' }).title);
    expect(words.title).toContain(question.split('{recipient}')[0]);
    expect(renderFragment(<AskPage words={words} />)).toContain(words.mode);
  });
});

describe('the ask', () => {
  it.each(LANGUAGES)('stays within the budget of words before the first act: %s', (language) => {
    const text = runningText(render(language));
    expect(sizeOf(language, text)).toBeLessThanOrEqual(BUDGET[language]);
    expect(sizeOf(language, text)).toBeGreaterThan(BUDGET[language] / 2);
  });

  it.each(LANGUAGES)('keeps the fixed order of its parts: %s', (language) => {
    const words = wordsOf(ask(), language, { displayName: 'Chan Mei Yee' });
    const html = render(language);
    const parts = [
      ...words.kicker,
      words.title,
      words.lead,
      'class="span span--pending"',
      ...words.facts.flatMap(({ label, value, mail, note }) => [`<dt>${label}`, value, mail, note]),
      ...words.items.map(({ name }) => name),
      words.notice.nothingElse,
      words.necessity,
      ...words.acts.flatMap(({ kind, title, says, law }) => [title, says, law, `name="act.${kind}"`]),
      'value="answers"',
      'value="none"',
      '<aside',
    ].filter((part) => part !== undefined && part !== null);
    let from = 0;
    for (const part of parts) {
      const found = html.indexOf(part, from);
      expect({ part, found: found >= from }).toEqual({ part, found: true });
      from = found;
    }
  });

  it('asks for each act separately, required, with nothing chosen, and refusing is as near', () => {
    const html = render('en');
    expect(html.match(/<fieldset/g)).toHaveLength(3);
    for (const { kind } of mainlandActs) {
      const radios = html.match(new RegExp(`<input[^>]*name="act\\.${kind}"[^>]*>`, 'g')) ?? [];
      expect(radios.map((radio) => /value="(\w+)"/.exec(radio)?.[1])).toEqual(['agree', 'refuse']);
      for (const radio of radios) expect(radio).toContain('required');
    }
    expect(html).not.toContain('checked');
    const buttons = html.match(/<button[^>]*>/g) ?? [];
    expect(buttons.map((button) => /value="(\w+)"/.exec(button)?.[1])).toEqual(['answers', 'none']);
    for (const button of buttons) expect(button).toContain('name="do"');
    expect(buttons.map((button) => /formNoValidate/i.test(button))).toEqual([false, true]);
    expect(html).not.toMatch(/<form|<script|style=|btn--go/);
  });

  it('marks sensitive items, and offers optional ones unticked under a name of their own', () => {
    const html = render('en');
    expect(html.match(/tag--sensitive/g)).toHaveLength(3);
    expect(html.match(/type="checkbox"/g)).toHaveLength(1);
    expect(html).toContain('name="optional.enquiries"');
  });

  it('says why sensitive items are needed only when there are some', () => {
    const plain = { items: items.filter((item) => !item.sensitive) };
    expect(render('en')).toContain('Why sensitive items?');
    expect(render('en', plain)).not.toContain('Why sensitive items?');
  });

  it('names what a rule left out', () => {
    expect(render('en', { dropped: items.slice(2, 3) })).toContain('Left out, as the law requires: Defaults.');
  });

  it('tells the law of the recipient’s place, and never calls direct marketing “not for marketing”', () => {
    expect(render('en')).toContain('Hong Kong law: giving it is voluntary');
    const marketing = { detail: newDetail({ purpose: { code: 'direct-marketing' } }) };
    expect(render('en', marketing)).not.toContain('Not for marketing');
  });

  it('is the same bytes for the same words, and other bytes for another language', () => {
    const digests = LANGUAGES.map((language) => digestOf(render(language)));
    expect(LANGUAGES.map((language) => digestOf(render(language)))).toEqual(digests);
    expect(new Set(digests).size).toBe(4);
  });

  it('escapes what others wrote', () => {
    const evil = { ...bank, name: { ...bank.name, en: '<img src=x onerror=alert(1)>' } };
    expect(render('en', { parties: { holder: agency, recipient: evil, dataset } })).not.toContain('<img');
  });

  it('can be written for every corridor, purpose and act that may be asked, within 60,000 characters', () => {
    const acts = ActKind.exclude(['guardian']).options.map((kind) => ({ kind, rules: ['X'] }));
    const many = Array.from({ length: 50 }, (_, n) => ({ ...items[1], id: `item-${n}` }) as (typeof items)[0]);
    for (const [exporter, importer] of corridors)
      for (const code of Purpose.options)
        for (const language of LANGUAGES) {
          const detail = newDetail({ exporter, importer, purpose: { code }, max_uses: 1 });
          const html = render(language, { detail, acts, items: many });
          expect(html.length).toBeLessThan(60_000);
          expect(html).not.toMatch(/\{\w+\}/);
        }
  });
});
