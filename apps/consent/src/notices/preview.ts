import { renderFragment } from '@bayway/design';
import type { Language } from '@bayway/domain';
import { createElement } from 'react';
import { AskPage } from '../asks/ask-page.js';
import { wordsOf } from '../asks/ask-words.js';
import { aboutOf, type Notice } from './notice.js';

const PLACES = { hk: 'HK', mo: 'MO', cn: 'CN-440300' } as const;
const inAll = (text: string) => ({ 'zh-Hant': text, 'zh-Hans': text, pt: text, en: text });
const names = {
  holder: {
    'zh-Hant': '持有方（示例）',
    'zh-Hans': '持有方（示例）',
    pt: 'Entidade (exemplo)',
    en: 'Holder (example)',
  },
  recipient: {
    'zh-Hant': '接收方（示例）',
    'zh-Hans': '接收方（示例）',
    pt: 'Destinatário (exemplo)',
    en: 'Recipient (example)',
  },
};

/** The page as a resident would read it, with parties that do not exist. */
export function preview(notice: Notice, language: Language): { title: string; html: string } {
  const { dataset, purpose, exporter, importer } = aboutOf(notice.id);
  const contact = { role: inAll('–'), email: 'example@bayway.example' };
  const party = (id: keyof typeof names, place: string) =>
    ({ id, name: names[id], place, kind: 'company', contact, authority: inAll('–') }) as never;
  const items = [false, true].map((sensitive) => ({
    id: sensitive ? 'b' : 'a',
    name: inAll(sensitive ? 'B' : 'A'),
    sensitive,
    optional: false,
  }));
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const detail = { dataset, purpose, exporter, importer, max_uses: 3, valid_until: day, retention_until: day };
  const ask = {
    detail: detail as never,
    parties: {
      holder: party('holder', PLACES[exporter]),
      recipient: party('recipient', PLACES[importer]),
      dataset: { id: dataset, name: inAll(dataset) } as never,
    },
    items: items as never,
    dropped: [],
    acts: [{ kind: 'provision' as const, rules: ['-'] }],
    expiresAt: new Date(Date.now() + 1_800_000),
    notice,
  };
  const words = wordsOf(ask, language, { displayName: '–' });
  return { title: words.title, html: renderFragment(createElement(AskPage, { words })) };
}
