import { describe, expect, it } from '@jest/globals';
import { renderFragment } from '../render.js';
import { t } from '../text/messages.js';
import { CityPicker, type CityChoice } from './city-picker.js';
import { ConsentCard } from './consent-card.js';
import { ErrorSummary, Field } from './field.js';
import { Happenings } from './happenings.js';
import { Harbour } from './harbour.js';
import { Card, Columns, Heading, More, Steps } from './layout.js';
import { EmptyState, Notice, Refused } from './notice.js';
import { Digest, ReceiptDigest } from './receipt.js';
import { Timeline } from './timeline.js';
import { WithdrawDetails } from './withdraw-details.js';

const texts = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'g'))].map(([part]) => part.replace(/<[^>]+>/g, '').trim());

describe('WithdrawDetails', () => {
  const props = {
    language: 'en',
    action: '/consents/1/withdrawal',
    keepHref: '/consents/1',
    effects: [t('en').withdraw.effect],
    hidden: { token: '"><script>alert(1)</script>' },
    deletion: { name: 'delete', label: 'Also delete' },
  } as const;

  it('is closed at first: the first click opens, the second confirms', () => {
    const html = renderFragment(<WithdrawDetails {...props} />);
    expect(html).toMatch(/^<details class="withdraw" id="withdraw"><summary/);
    expect(html).toContain('<form class="card stack" action="/consents/1/withdrawal" method="post">');
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(texts(html, 'button')).toEqual([t('en').button.confirmWithdraw]);
  });

  it('opens at once for her who came by a withdraw elsewhere', () => {
    expect(renderFragment(<WithdrawDetails {...props} open />)).toContain(
      '<details class="withdraw" id="withdraw" open="">',
    );
  });

  it('offers deletion unticked and asks no reason', () => {
    const html = renderFragment(<WithdrawDetails {...props} />);
    expect(html).not.toMatch(/checked|<textarea|<select|type="text"/);
    expect(html.match(/type="checkbox"/g)).toHaveLength(1);
  });

  it('escapes hidden values', () => {
    expect(renderFragment(<WithdrawDetails {...props} />)).not.toContain('<script');
  });
});

describe('CityPicker', () => {
  const choice = (place: CityChoice['place']): CityChoice => ({ place, href: `/go?city=${place}` });
  const choices = [
    choice('CN-330100'),
    choice('MO'),
    { ...choice('CN-110000'), name: 'Beijing', identity: 'Beijing unified identity' },
    choice('CN-440300'),
    choice('HK'),
  ];

  it('lists the Bay along the shore and other cities by pinyin, whatever order they come in', () => {
    const html = renderFragment(<CityPicker language="en" choices={choices} />);
    expect(texts(html, 'b')).toEqual(['Hong Kong', 'Shenzhen', 'Macao', 'Beijing', 'Hangzhou']);
    expect(html).toContain(t('en').signIn.shoreOrder);
    expect(html).toContain(t('en').signIn.pinyinOrder);
  });

  it('puts the city used last first, and leaves it in its place as well', () => {
    const html = renderFragment(<CityPicker language="pt" choices={choices} lastUsed="MO" />);
    expect(texts(html, 'h2')[0]).toBe(t('pt').signIn.lastUsed);
    expect(texts(html, 'b').filter((name) => name === 'Macau')).toHaveLength(2);
    expect(texts(html, 'b')[0]).toBe('Macau');
  });

  it('shows no empty group', () => {
    const html = renderFragment(<CityPicker language="en" choices={[choice('HK')]} lastUsed="CN-440300" />);
    expect(texts(html, 'h2')).toEqual([t('en').signIn.bayCities]);
  });

  it('says which identity each city uses', () => {
    const html = renderFragment(<CityPicker language="zh-Hans" choices={choices} />);
    expect(texts(html, 'small')).toEqual([
      '智方便',
      '广东省统一身份认证',
      '一户通',
      'Beijing unified identity',
      '浙江政务服务网',
    ]);
  });
});

describe('Refused', () => {
  it('says it is not about her and that nothing was sent, without raising an alarm', () => {
    const html = renderFragment(
      <Refused language="en" title="The report cannot be sent straight to Hong Kong." lead="You can carry it." />,
    );
    expect(html).toContain(`${t('en').refusal.notYou} ${t('en').refusal.nothingSent} You can carry it.`);
    expect(html).toContain(`</svg>${t('en').status.notLawful}</span>`);
    expect(html).not.toMatch(/role="alert"|error/);
  });

  it('does not call unlawful what only waits for a step', () => {
    const html = renderFragment(<Refused language="zh-Hant" title="尚欠一項手續" reason="waiting" />);
    expect(html).not.toContain(t('zh-Hant').status.notLawful);
    expect(html).toContain('tag--wait');
    expect(html).toContain(`${t('zh-Hant').refusal.notYou}${t('zh-Hant').refusal.nothingSent}<`);
  });
});

describe('Field and ErrorSummary', () => {
  it('ties label, hint, error and box together', () => {
    const html = renderFragment(
      <Field
        language="en"
        name="phone"
        label="Telephone"
        hint="With area code"
        error="Enter eight digits."
        kept='"><b>'
      />,
    );
    expect(html).toContain('<label for="phone">Telephone</label>');
    expect(html).toMatch(/<input id="phone"[^>]*aria-invalid="true" aria-describedby="phone-hint phone-error"/);
    expect(html.indexOf('phone-error')).toBeLessThan(html.indexOf('<input'));
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;"');
  });

  it('describes nothing where there is nothing to describe', () => {
    const html = renderFragment(<Field language="en" name="phone" label="Telephone" required />);
    expect(html).not.toContain('aria-');
    expect(html).toContain('required=""');
  });

  it('lists each mistake with a link to its cure and takes the focus', () => {
    const html = renderFragment(
      <ErrorSummary language="en" mistakes={[{ text: 'Choose for part 2.', controlId: 'act-sensitive-agree' }]} />,
    );
    expect(html).toMatch(/^<div class="errors" role="alert" tabindex="-1" autofocus=""/i);
    expect(html).toContain('<a href="#act-sensitive-agree">Choose for part 2.</a>');
    expect(html).toContain(t('en').error.summary);
  });
});

describe('Timeline', () => {
  const html = renderFragment(
    <Timeline
      language="zh-Hant"
      events={[
        { kind: 'next', text: '尚餘兩次' },
        {
          kind: 'use',
          at: '2026-11-21T07:42:08Z',
          title: '第 1 次取用',
          text: '四項',
          acks: ['已收到'],
          proof: '#18402',
        },
        { kind: 'past', at: '2026-11-20T13:11:02Z', text: '提出請求' },
      ]}
    />,
  );

  it('keeps the order, shows seconds and marks uses and what is to come', () => {
    expect([...html.matchAll(/<li(?: class="(tl__\w+)")?>/g)].map(([, mark]) => mark).filter((mark) => mark)).toEqual([
      'tl__next',
      'tl__use',
    ]);
    expect(html).toContain('<time dateTime="2026-11-21T07:42:08Z">2026年11月21日 15:42:08</time>');
    expect(html).toContain('<b>第 1 次取用</b>：四項');
  });

  it('keeps acknowledgements and proof inside their event', () => {
    expect(html).toMatch(/四項<ul class="acks">.*已收到.*<\/ul><p class="tl__proof">#18402<\/p><\/li>/);
  });
});

describe('ReceiptDigest', () => {
  it('shows the digest in groups of four and copies as one', () => {
    const html = renderFragment(<Digest digest="4b7a19e0c2" />);
    expect(texts(html, 'span')).toEqual(['4b7a', '19e0', 'c2']);
    expect(html.replace(/<[^>]+>/g, '')).toBe('4b7a19e0c2');
  });

  it('names the number and the hash', () => {
    const html = renderFragment(<ReceiptDigest language="en" number="CN-7F3K" algorithm="sha-256" digest="abcd" />);
    expect(html).toContain('<p>No. CN-7F3K</p><p>sha-256 ');
  });
});

describe('the small parts', () => {
  it('breaks a Han title between its phrases only', () => {
    const html = renderFragment(<Heading title={'是否容許\u200b青灣銀行取得'} kicker={['請求']} lead="您可以拒絕。" />);
    expect(html).toContain('<h1><span class="ph">是否容許</span><span class="ph">青灣銀行取得</span></h1>');
  });

  it('opens a page with one sentence on deep water', () => {
    const html = renderFragment(<Harbour title="Sign in" before="A bank asks" text="Choose" tall />);
    expect(html).toMatch(/<p class="harbour__before">A bank asks<\/p><h1>Sign in<\/h1><p>Choose<\/p>/);
  });

  it('names a card by its title', () => {
    expect(
      renderFragment(
        <Card title="Items" id="items">
          x
        </Card>,
      ),
    ).toBe('<section class="card" id="items" aria-labelledby="items-title"><h2 id="items-title">Items</h2>x</section>');
  });

  it('has one aside beside the main column', () => {
    expect(renderFragment(<Columns aside="later">now</Columns>)).toBe(
      '<div class="cols"><div class="stack-l">now</div><aside class="stack">later</aside></div>',
    );
  });

  it('folds what may be folded with a disclosure that needs no script', () => {
    expect(renderFragment(<More summary="The articles">38</More>)).toBe(
      '<details class="more"><summary>The articles</summary><div>38</div></details>',
    );
  });

  it('numbers steps as a list', () => {
    expect(
      texts(
        renderFragment(
          <Steps
            steps={[
              { title: 'Get', text: 'a' },
              { title: 'Give', text: 'b' },
            ]}
          />,
        ),
        'b',
      ),
    ).toEqual(['Get', 'Give']);
  });

  it('tells a change politely, once', () => {
    expect(renderFragment(<Notice status>Withdrawn.</Notice>)).toBe('<div class="note" role="status">Withdrawn.</div>');
  });

  it('says what is empty and offers one way on', () => {
    const html = renderFragment(
      <EmptyState way={{ label: 'Get my record', href: '/mine' }}>No one may use it.</EmptyState>,
    );
    expect(html).toContain('<p>No one may use it.</p>');
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it('puts looking and withdrawing side by side, and no withdrawing where all has ended', () => {
    const card = (withdrawHref?: string): string =>
      renderFragment(
        <ConsentCard
          language="en"
          tag={{ kind: 'ok', words: 'Allowed' }}
          title="Credit report → Tsing Wan Bank"
          href="/c/1"
          withdrawHref={withdrawHref}
          span={{ state: 'on', holder: { name: 'A' }, receiver: { name: 'B' } }}
          meta={['Until 30 April 2027']}
        />,
      );
    expect(card('/c/1?withdraw=1#withdraw').match(/class="btn btn--s"/g)).toHaveLength(2);
    expect(card().match(/class="btn btn--s"/g)).toHaveLength(1);
  });

  it('lists what happened with a time and says to screen readers what is looked at', () => {
    const happenings = [
      { at: '2026-11-21T07:42:00Z', text: 'Received', way: { label: 'Look', href: '/c/1', about: 'at the use' } },
    ];
    const html = renderFragment(<Happenings language="en" now="2026-11-22T07:00:00Z" happenings={happenings} />);
    expect(html).toContain('>yesterday 15:42</time>');
    expect(html).toContain('<a href="/c/1">Look<span class="vh"> at the use</span></a>');
  });
});
