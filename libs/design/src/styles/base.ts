/** Elements, reading text, the skip link and the few layout classes. */
export const base = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 5rem; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--bw-bg);
  color: var(--bw-text); font-family: var(--bw-font); font-size: var(--bw-t-body); line-height: var(--bw-lead);
  line-break: strict; text-autospace: normal; overflow-wrap: break-word; }
h1, h2, h3 { margin: 0; font-weight: var(--bw-w-strong); line-height: var(--bw-lead-tight);
  letter-spacing: var(--bw-track-title); text-wrap: balance; }
h1 { font-size: var(--bw-t-2xl); }
h2 { font-size: var(--bw-t-xl); }
h3 { font-size: var(--bw-t-l); }
p, ul, ol, dl, figure { margin: 0; }
p { text-wrap: pretty; }
strong, b { font-weight: var(--bw-w-strong); }
em { font-style: normal; font-weight: var(--bw-w-strong); }
a { color: var(--bw-link); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { color: var(--bw-link-hover); text-decoration-thickness: 2px; }
svg { display: block; }
:focus-visible { outline: 3px solid transparent; box-shadow: var(--bw-ring); border-radius: var(--bw-r-s); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: var(--bw-3); top: var(--bw-3); z-index: var(--bw-z-overlay); padding: var(--bw-3) var(--bw-4);
  background: var(--bw-surface); }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.num { font-variant-numeric: tabular-nums; }
.small { font-size: var(--bw-t-s); color: var(--bw-text-2); }
.quiet { color: var(--bw-text-2); max-width: var(--bw-measure); }
/* a phrase of a Han title that must not break inside */
.ph { display: inline-block; }
.stack > * + * { margin-top: var(--bw-4); }
.stack-s > * + * { margin-top: var(--bw-2); }
.stack-l > * + * { margin-top: var(--bw-6); }
.row { display: flex; flex-wrap: wrap; gap: var(--bw-3); align-items: center; justify-content: space-between; }
.row--start { justify-content: flex-start; }
.grid2, .grid3 { display: grid; gap: var(--bw-4); }
.grid2 > *, .grid3 > * { min-width: 0; }
@media (min-width: 48rem) {
  .grid2 { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .grid3 { grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
}
main { flex: 1; width: 100%; max-width: 72rem; margin: 0 auto; padding: var(--bw-6) var(--bw-gutter) var(--bw-8); }
main:focus { outline: 0; box-shadow: none; }
.cols { display: grid; gap: var(--bw-6); }
.cols > * { min-width: 0; }
@media (min-width: 62rem) {
  .cols { grid-template-columns: minmax(0, 1fr) 19rem; gap: var(--bw-7); align-items: start; }
  .cols > aside { position: sticky; top: var(--bw-5); max-height: calc(100vh - 2 * var(--bw-5)); overflow-y: auto; }
}
.lead { max-width: var(--bw-measure); font-size: var(--bw-t-l); line-height: var(--bw-lead); color: var(--bw-text-2); }
:lang(zh) .lead { font-size: 1.1875rem; }
h1 + .lead { margin-top: var(--bw-3); }
.kicker { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: var(--bw-3); font-size: var(--bw-t-s);
  color: var(--bw-text-2); }
.headed > .tag, .headed > .row { margin-bottom: var(--bw-2); }
.sect > h2, .card > h2 { margin-bottom: var(--bw-3); }
.sect > .small { margin-top: var(--bw-3); }
`;
