import { LANGUAGES } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import { renderFragment } from '../render.js';
import { t } from '../text/messages.js';
import { Span, type SpanProps, type SpanState } from './span.js';

const STATES: readonly SpanState[] = ['pending', 'on', 'ended', 'unlawful'];
const ends = { holder: { name: 'Pengwan', place: 'Shenzhen' }, receiver: { name: 'Tsing Wan', place: 'Hong Kong' } };

const render = (props: Partial<SpanProps> = {}): string =>
  renderFragment(<Span language="en" state="on" {...ends} {...props} />);

/** What a reader without pictures gets. */
const words = (html: string): string => html.replace(/<svg.*?<\/svg>/g, '').replace(/<[^>]+>/g, '|');

describe('Span', () => {
  it.each(STATES.flatMap((state) => LANGUAGES.map((language) => [state, language] as const)))(
    'says the state %s and both ends in words in %s',
    (state, language) => {
      const own = t(language).span[state];
      const said = words(render({ state, language }));
      for (const text of [own.words, own.holder, own.receiver, 'Pengwan', 'Shenzhen', 'Tsing Wan', 'Hong Kong']) {
        expect(said).toContain(text);
      }
    },
  );

  it('draws each state in a shape of its own, hidden from screen readers', () => {
    const drawings = STATES.map((state) => render({ state }));
    expect(new Set(drawings.map((html) => /class="span (span--\w+)"/.exec(html)?.[1])).size).toBe(STATES.length);
    for (const html of drawings) expect(html.match(/<svg[^>]*aria-hidden="true"/g)).toHaveLength(1);
  });

  it('opens the arch and shows the boat only where the direct way is closed', () => {
    for (const state of STATES) expect(render({ state }).includes('span__hull')).toBe(state === 'unlawful');
    expect(render({ state: 'unlawful' })).not.toContain('span__way');
  });

  it('puts nothing on a bridge that cannot be crossed', () => {
    expect(words(render({ label: 'Credit report' }))).toContain('Credit report');
    expect(words(render({ label: 'Credit report', state: 'unlawful' }))).not.toContain('Credit report');
  });

  it('puts the holder first and the receiver second in every language', () => {
    for (const language of LANGUAGES) {
      const said = words(render({ language }));
      expect(said.indexOf('Pengwan')).toBeLessThan(said.indexOf('Tsing Wan'));
    }
  });

  it('does not say the state twice beside a tag, and says given words instead of its own', () => {
    expect(words(render({ saidBeside: true }))).not.toContain(t('en').span.on.words);
    expect(words(render({ words: 'Ends in 14 days' }))).toContain('Ends in 14 days');
  });

  it('says the roles on small cards too, to screen readers', () => {
    expect(render({ compact: true })).toContain(`<span class="vh">${t('en').span.on.holder} </span>`);
  });

  it('escapes names', () => {
    const html = render({ holder: { name: '<img src=x onerror=alert(1)>' }, label: '"><script>' });
    expect(html).not.toMatch(/<img|<script/);
  });
});
