/** Cards, facts, items, tags, notes, lists, disclosures, time lines and receipts. */
export const parts = `
.card { background: var(--bw-surface); border: 1px solid var(--bw-line); border-radius: var(--bw-r-l);
  padding: clamp(1rem, 3vw, 1.75rem); box-shadow: var(--bw-e-1); }
.card--flush { padding: 0; overflow: hidden; }
.card--quiet { background: var(--bw-surface-sunk); border-color: transparent; box-shadow: none; }

.facts { display: grid; }
.facts > div { display: grid; gap: 0 var(--bw-5); padding: var(--bw-3) 0; border-top: 1px solid var(--bw-line); }
.facts > div:first-child { border-top: 0; padding-top: 0; }
.facts > div:last-child { padding-bottom: 0; }
.facts dt { color: var(--bw-text-2); font-size: var(--bw-t-m); }
.facts dd { margin: 0; min-width: 0; }
.facts dd small { display: block; font-size: var(--bw-t-s); color: var(--bw-text-2); }
.facts--under { margin-top: var(--bw-5); padding-top: var(--bw-4); border-top: 1px solid var(--bw-line); }
@media (min-width: 40rem) { .facts > div { grid-template-columns: 9.5rem minmax(0, 1fr); } }

.items { padding: 0; list-style: none; }
.items > li { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; padding: .6rem 0;
  border-top: 1px solid var(--bw-line); }
.items > li:first-child { border-top: 0; }
.items .what { flex: 1 1 9rem; min-width: 0; }
.what small { display: block; font-size: var(--bw-t-s); color: var(--bw-text-2); }
.tags { display: flex; flex-wrap: wrap; gap: .4rem; margin-left: auto; }
.items + .small { margin-top: var(--bw-3); }
.items ~ .note { margin-top: var(--bw-4); }

.tag { display: inline-flex; align-items: center; gap: .35em; padding: .05em .6em; border-radius: var(--bw-r-pill);
  background: var(--bw-quiet-tint); color: var(--bw-text-2); font-size: var(--bw-t-s); line-height: 1.6; }
.tag svg { flex: none; }
.tag--sensitive, .tag--ok, .tag--wait, .tag--ring, .tag--bar { font-weight: 600; }
.tag--sensitive { background: var(--bw-sensitive-tint); color: var(--bw-sensitive); }
.tag--ok { background: var(--bw-ok-tint); color: var(--bw-ok); }
.tag--wait, .tag--ring { background: var(--bw-wait-tint); color: var(--bw-wait); }
.tag--bar { background: var(--bw-stop-tint); color: var(--bw-stop); }
@media (forced-colors: active) { .tag { border: 1px solid CanvasText; } }

.note { max-width: var(--bw-measure); padding: .25rem 0 .25rem 1rem; border-left: 4px solid var(--bw-channel); }
.note--sensitive { border-color: var(--bw-sensitive); }
.note--stop { border-color: var(--bw-stop); }
.note > * + * { margin-top: var(--bw-2); }

aside h2, aside h3 { margin-bottom: .25rem; font-size: var(--bw-t-m); letter-spacing: 0; }
aside p, aside li { font-size: var(--bw-t-m); color: var(--bw-text-2); }
.plain { padding-left: 1.25em; }
.plain li + li { margin-top: .35em; }

.more { border-top: 1px solid var(--bw-line); }
.more > summary { display: flex; align-items: center; gap: .5rem; min-height: var(--bw-tap); color: var(--bw-link);
  cursor: pointer; }
summary::marker { content: ""; }
summary::-webkit-details-marker { display: none; }
.more > summary::before { content: ""; width: .5rem; height: .5rem; margin: 0 .25rem; border: solid currentColor;
  border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform var(--bw-m-fast); }
.more[open] > summary::before { transform: rotate(45deg); }
.more > div { padding-bottom: var(--bw-4); }

.tl { padding: 0; list-style: none; }
.tl > li { position: relative; padding: 0 0 var(--bw-5) 2.25rem; }
.tl > li::before { content: ""; position: absolute; left: .5rem; top: .45em; width: .75rem; height: .75rem;
  border: 3px solid var(--bw-channel); border-radius: 50%; background: var(--bw-surface); }
.tl > li::after { content: ""; position: absolute; left: calc(.875rem - 1px); top: 1.6em; bottom: -.2em; width: 2px;
  background: var(--bw-line); }
.tl > li:last-child { padding-bottom: 0; }
.tl > li:last-child::after { display: none; }
.tl > .tl__use::before { border-color: var(--bw-lamp); border-radius: 3px; background: var(--bw-lamp); }
.tl > .tl__next::before { border-style: dotted; border-color: var(--bw-line-strong); }
.tl time { display: block; font-size: var(--bw-t-s); color: var(--bw-text-2); font-variant-numeric: tabular-nums; }
.acks { display: grid; gap: .15rem; margin-top: .35rem; padding: 0; list-style: none; font-size: var(--bw-t-s);
  color: var(--bw-text-2); }
.acks li { display: grid; grid-template-columns: auto 1fr; gap: .35em; align-items: baseline; }
.tick { width: .95em; height: .95em; color: var(--bw-ok); align-self: center; }
.tl__proof { margin-top: .35rem; font-family: var(--bw-mono); font-size: var(--bw-t-s); color: var(--bw-text-2);
  overflow-wrap: anywhere; }

.receipt { font-family: var(--bw-mono); font-size: var(--bw-t-s); color: var(--bw-text-2); }
.receipt p { font: inherit; color: inherit; }
.digest { font: inherit; overflow-wrap: anywhere; }
.digest > span { margin-right: .5em; }
.empty { padding: var(--bw-6) clamp(1rem, 3vw, 1.75rem); border: 1px dashed var(--bw-line-strong);
  border-radius: var(--bw-r-l); }
.empty .btn { margin-top: var(--bw-4); }
/* A page of another day inside this one: its controls do nothing. */
.as-shown { min-width: 0; margin: 0; padding: 0; border: 0; }
`;
