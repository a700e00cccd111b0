import { LANGUAGES, type Language } from '@bayway/domain';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assets, stylesheetPath } from './assets.js';
import { Page, type PageProps } from './page.js';
import { renderPage } from './render.js';
import { textSizeOf } from './text-size.js';
import { LANGUAGE_NAMES } from './text/language.js';
import { t } from './text/messages.js';
import { withParameter } from './url.js';

const render = (props: Partial<PageProps> = {}): string =>
  renderPage(
    <Page language="en" title="Ask" url="/ask?id=7" {...props}>
      <h1>Question</h1>
    </Page>,
  );

const hrefs = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);

describe('Page', () => {
  it.each(LANGUAGES)('is a whole document in %s', (language: Language) => {
    const html = render({ language });
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    expect(html).toContain('<title>Ask – Bayway</title>');
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<main id="main"/g)).toHaveLength(1);
  });

  it('starts with a link that skips to main', () => {
    expect(render()).toContain(`<body><a class="skip" href="#main">${t('en').page.skip}</a>`);
  });

  it('holds no script, no inline style and no address but those of its site', () => {
    const html = render({ sections: [{ label: 'Home', href: '/' }], foot: { help: '/help' } });
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
    expect(hrefs(html).filter((href) => !/^(\/(?!\/)|#)/.test(href))).toEqual([]);
  });

  it('names each language in itself and leads back to this page in it', () => {
    const html = render({ language: 'pt' });
    for (const language of LANGUAGES) {
      expect(html).toContain(`lang="${language}" hrefLang="${language}"`);
      expect(html).toContain(LANGUAGE_NAMES[language]);
      expect(hrefs(html)).toContain(`/ask?id=7&amp;ui_locales=${language}`);
    }
    expect(html.match(/aria-current="true"/g)).toHaveLength(1);
    expect(html).toMatch(/lang="pt" hrefLang="pt" aria-current="true"/);
  });

  it('offers only the languages given, by the parameter given, and no switch for one', () => {
    const html = render({ languages: ['zh-Hant', 'en'], languageParameter: 'lang' });
    expect(hrefs(html)).toContain('/ask?id=7&amp;lang=zh-Hant');
    expect(html).not.toContain('Português');
    expect(render({ languages: ['en'] })).not.toContain('class="langs"');
  });

  it('marks the switch of Macao’s Traditional Chinese as Traditional Chinese', () => {
    const html = render({ language: 'zh-Hant-MO' });
    expect(html).toContain('<html lang="zh-Hant-MO">');
    expect(html).toMatch(/hrefLang="zh-Hant" aria-current="true"/);
  });

  it('grows with the text size and offers the other one', () => {
    expect(hrefs(render())).toContain('/ask?id=7&amp;text=large');
    const large = render({ textSize: 'large', theme: 'dark' });
    expect(large).toContain('<html lang="en" class="text-large theme-dark">');
    expect(hrefs(large)).toContain('/ask?id=7&amp;text=normal');
  });

  it('marks the current section and counts what waits', () => {
    const html = render({
      sections: [
        { label: 'Home', href: '/', current: true },
        { label: 'Waiting', href: '/waiting', count: 2 },
        { label: 'Inbox', href: '/inbox', count: 0 },
      ],
    });
    expect(html).toContain('<a href="/" aria-current="page">Home</a>');
    expect(html).toContain('Waiting<span class="badge">2</span>');
    expect(html).toContain('<a href="/inbox">Inbox</a>');
  });

  it('shows only the footer links it is given', () => {
    const html = render({ foot: { privacy: '/privacy' } });
    expect(html).toContain(`<a href="/privacy">${t('en').page.privacy}</a>`);
    expect(html).not.toContain(t('en').page.accessibility);
  });

  it('takes phrase marks out of the title', () => {
    expect(render({ title: '是否\u200b容許' })).toContain('<title>是否容許 – Bayway</title>');
  });

  it('escapes what it is given', () => {
    const html = render({ title: '</title><script>alert(1)</script>', url: '/"><script>alert(1)</script>' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;/title&gt;');
  });

  it('asks for the style sheet that is served', () => {
    expect(hrefs(render())).toContain(stylesheetPath);
    expect(hrefs(render()).filter((href) => href.startsWith('/assets/'))).toEqual(
      expect.arrayContaining(assets.map(({ path }) => path)),
    );
  });
});

/** Ways to begin an address that browsers read as another site, or as no address at all. */
const STARTS = ['', '/', '//', '///', '/\\', '/.//', '/..//', '\t//', '/\n/', 'https://', 'javascript:'];

describe('withParameter', () => {
  it('replaces the parameter and keeps the others', () => {
    expect(withParameter('/ask?a=1&text=large#x', 'text', 'normal')).toBe('/ask?a=1&text=normal');
  });

  it.each([
    '//evil.example/x',
    'https://evil.example/x',
    '/.//evil.example/x',
    '/\\evil.example/x',
    '/\t/evil.example/x',
  ])('stays on this site when the address is %j', (url) => {
    expect(new URL(withParameter(url, 'text', 'large'), 'http://site.example').host).toBe('site.example');
  });

  it('stays on this site whatever the address is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webPath(), fc.string()), fc.constantFrom(...STARTS), (path, start) => {
        const link = withParameter(`${start}${path}`, 'text', 'large');
        return new URL(link, 'http://site.example').host === 'site.example';
      }),
    );
  });
});

describe('textSizeOf', () => {
  it('takes what is asked for, else what is kept, else normal', () => {
    expect(textSizeOf('large', 'normal')).toBe('large');
    expect(textSizeOf('normal', 'large')).toBe('normal');
    expect(textSizeOf(undefined, 'large')).toBe('large');
    expect(textSizeOf(['large'], '<b>')).toBe('normal');
  });
});
