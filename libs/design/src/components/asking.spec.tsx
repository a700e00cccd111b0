import { LANGUAGES, type Answer } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import { renderFragment } from '../render.js';
import { t } from '../text/messages.js';
import { Act, actAnswerId, type ActProps } from './act.js';
import { Button, Pair } from './button.js';
import { Facts } from './facts.js';
import { Items, type Item } from './items.js';
import { Tag, type TagKind } from './tag.js';

const act = (props: Partial<ActProps> = {}): string =>
  renderFragment(
    <Act language="en" no={2} name="act-sensitive" title="Using sensitive items" says="A uses B." {...props} />,
  );

const ITEMS: readonly Item[] = [
  { name: 'Name' },
  { name: 'Late payments', sensitive: true },
  { name: 'Enquiries', sensitive: true, optional: { name: 'optional', value: 'enquiries' } },
];

const checked = (html: string): number => html.match(/\schecked=/g)?.length ?? 0;

describe('Act', () => {
  it.each(LANGUAGES)('asks in a fieldset with both answers of the law in %s', (language) => {
    const html = act({ language });
    expect(html).toMatch(/^<fieldset class="act"><legend>.*Using sensitive items.*<\/legend>/);
    expect(html).toContain(`<span>${t(language).act.agree}</span>`);
    expect(html).toContain(`<span>${t(language).act.disagree}</span>`);
  });

  it('chooses nothing beforehand and requires an answer', () => {
    expect(checked(act())).toBe(0);
    expect(act().match(/type="radio"[^>]*required=""/g)).toHaveLength(2);
  });

  it('gives both answers one look: they differ in id, value and word only', () => {
    const [yes, no] = [...act().matchAll(/<label class="choice">.*?<\/label>/g)].map(([label]) => label);
    const { agree, disagree } = t('en').act;
    expect(yes?.replace('act-sensitive-agree', 'id').replace('value="agree"', 'value').replace(agree, 'word')).toBe(
      no?.replace('act-sensitive-refuse', 'id').replace('value="refuse"', 'value').replace(disagree, 'word'),
    );
  });

  it.each<Answer>(['agree', 'refuse'])('keeps the answer %s given before a mistake elsewhere', (kept) => {
    const html = act({ kept });
    expect(checked(html)).toBe(1);
    expect(html).toMatch(new RegExp(`value="${kept}"[^>]*checked=""|checked=""[^>]*value="${kept}"`));
  });

  it('says which answer is missing, at both answers', () => {
    const html = act({ missing: true });
    expect(html).toContain('Choose “I agree” or “I do not agree” for part 2.');
    expect(html.match(/aria-describedby="act-sensitive-error"/g)).toHaveLength(2);
    expect(html).toContain('id="act-sensitive-error"');
    expect(html).toContain(`id="${actAnswerId('act-sensitive')}"`);
  });

  it('escapes what it says', () => {
    expect(act({ says: '<script>alert(1)</script>', law: '<b>', title: '</legend>' })).not.toMatch(
      /<script|<b>|<\/legend><\/span>/,
    );
  });
});

describe('Items', () => {
  const html = renderFragment(<Items language="en" items={ITEMS} />);

  it('shows every item, never folded, and marks each sensitive one with shape and word', () => {
    expect(html).not.toContain('<details');
    expect(html.match(/<li>/g)).toHaveLength(3);
    expect(html.match(/tag--sensitive"><svg.*?<\/svg>Sensitive</g)).toHaveLength(2);
  });

  it('has a box for the optional item only, and it is not ticked', () => {
    expect(html.match(/type="checkbox"/g)).toHaveLength(1);
    expect(checked(html)).toBe(0);
    expect(html).toContain('Add “Enquiries”');
    expect(html).toContain(t('en').status.optional);
  });

  it('keeps a tick given before a mistake elsewhere', () => {
    const optional = { name: 'optional', value: 'enquiries', kept: true };
    expect(checked(renderFragment(<Items language="en" items={[{ name: 'Enquiries', optional }]} />))).toBe(1);
  });
});

describe('Pair and Button', () => {
  it('give two submit buttons one class', () => {
    const html = renderFragment(
      <Pair stack>
        <Button name="do" value="answers">
          Send my answers
        </Button>
        <Button name="do" value="none" formNoValidate>
          Agree to none
        </Button>
      </Pair>,
    );
    expect(html.match(/<button class="btn" type="submit"/g)).toHaveLength(2);
    expect(html).toMatch(/value="none"[^>]*>Agree to none/);
    expect(html.match(/formNoValidate/gi)).toHaveLength(1);
  });

  it('make a link of an address', () => {
    expect(renderFragment(<Button href="/look?a=1&b=2">Look</Button>)).toBe(
      '<a class="btn" href="/look?a=1&amp;b=2">Look</a>',
    );
  });

  it('fill only the one that moves on', () => {
    expect(renderFragment(<Button go>Get my record</Button>)).toContain('class="btn btn--go"');
  });
});

describe('Facts', () => {
  it('pairs each label with its value and says what is empty', () => {
    const html = renderFragment(
      <Facts
        language="en"
        facts={[
          { label: 'Purpose', value: 'Mortgage', note: 'MA-0417' },
          { label: 'Uses', value: null },
        ]}
      />,
    );
    expect(html).toContain('<dt>Purpose</dt><dd>Mortgage<small>MA-0417</small></dd>');
    expect(html).toContain(`<dt>Uses</dt><dd>${t('en').facts.none}</dd>`);
  });
});

describe('Tag', () => {
  it('has a shape of its own for each state, and a word', () => {
    const kinds: readonly TagKind[] = ['ok', 'wait', 'bar', 'ring', 'sensitive'];
    const tags = kinds.map((kind) => renderFragment(<Tag kind={kind}>Word</Tag>));
    expect(new Set(tags.map((html) => /<svg[^>]*>(.*)<\/svg>/.exec(html)?.[1])).size).toBe(kinds.length);
    for (const html of tags) expect(html).toMatch(/<svg[^>]*aria-hidden="true".*<\/svg>Word<\/span>$/);
    expect(renderFragment(<Tag kind="plain">Optional</Tag>)).toBe('<span class="tag">Optional</span>');
  });
});
