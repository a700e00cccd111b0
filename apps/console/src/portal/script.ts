import { createHash } from 'node:crypto';

/**
 * Warns before an idle session ends, and reads what other places keep, live, from their own consoles where she has signed in, and shows it as text in copies of a
 * card that this page brought along. A place that does not answer is shown as not reached.
 */
const source = `
'use strict';
(() => {
  const template = document.getElementById('consent-card');
  const text = (root, selector, words) => { const node = root.querySelector(selector); if (node) node.textContent = words; };
  const sameOrigin = (href, origin) => { try { return new URL(href).origin === origin; } catch { return false; } };
  const card = (item, origin) => {
    const copy = template.content.cloneNode(true);
    const tag = copy.querySelector('.tag'); if (tag && tag.lastChild) tag.lastChild.textContent = item.tag.words;
    text(copy, 'h3 a', item.title);
    text(copy, '.span__label span', item.label);
    const names = copy.querySelectorAll('.span__name');
    const places = copy.querySelectorAll('.span__place');
    [item.holder, item.recipient].forEach((party, i) => { if (names[i]) names[i].textContent = party.name; if (places[i]) places[i].textContent = party.place; });
    const meta = copy.querySelector('.meta');
    if (meta) meta.replaceChildren(...item.meta.map((line) => { const span = document.createElement('span'); span.textContent = line; return span; }));
    const links = copy.querySelectorAll('a');
    links.forEach((link) => {
      const href = link.getAttribute('href') === '#withdraw' ? item.withdrawHref : item.href;
      if (href && sameOrigin(href, origin)) link.href = href; else link.remove();
    });
    return copy;
  };
  const show = (place, state) => { for (const node of place.querySelectorAll('[data-state]')) node.hidden = node.dataset.state !== state; };
  for (const place of document.querySelectorAll('[data-console]')) {
    const origin = place.dataset.console;
    show(place, 'reading');
    fetch(origin + '/api/consents?ui_locales=' + document.documentElement.lang, { credentials: 'include', signal: AbortSignal.timeout(6000) })
      .then(async (response) => {
        if (response.status === 401) return show(place, 'signed-out');
        if (!response.ok) throw new Error(String(response.status));
        const { items } = await response.json();
        const none = place.querySelector('[data-none]');
        if (none) none.hidden = items.some((item) => item.open);
        place.querySelector('[data-cards]').replaceChildren(...items.filter((item) => item.open).map((item) => card(item, origin)));
        show(place, 'loaded');
      })
      .catch(() => show(place, 'missing'));
  }
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
  const idle = document.getElementById('idle');
  if (idle) {
    const limit = Number(idle.dataset.idleMs);
    let timers = [];
    const begin = () => {
      timers.forEach(clearTimeout);
      timers = [setTimeout(() => idle.showModal(), limit - 120000), setTimeout(() => location.assign('/'), limit)];
    };
    idle.addEventListener('close', () => fetch('/stay').then(begin, begin));
    begin();
  }
})();
`;

const hash = createHash('sha256').update(source).digest('hex').slice(0, 16);

/** Where pages look for the script; the name changes with its bytes. */
export const portalScriptPath = `/assets/portal.${hash}.js`;
export const portalScript = {
  path: portalScriptPath,
  contentType: 'text/javascript; charset=utf-8',
  body: source,
} as const;
