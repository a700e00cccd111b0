/** Header, language switch, sections, the tide line and the footer. */
export const frame = `
.top { background: var(--bw-surface); }
.top__in { max-width: 72rem; margin: 0 auto; padding: var(--bw-3) var(--bw-gutter); display: flex; flex-wrap: wrap;
  align-items: center; gap: var(--bw-2) var(--bw-5); }
.brand { display: inline-flex; align-items: center; gap: .6rem; min-height: var(--bw-tap); color: var(--bw-text);
  font-size: 1.1875rem; font-weight: 600; letter-spacing: -.01em; text-decoration: none; }
.brand svg { color: var(--bw-channel); }
.brand small { padding-left: .6rem; border-left: 1px solid var(--bw-line); font-size: var(--bw-t-s); font-weight: 400;
  letter-spacing: 0; color: var(--bw-text-2); }
.top__nav { display: flex; flex-wrap: wrap; gap: var(--bw-3); align-items: center; margin-left: auto; }
.langs { display: flex; gap: 0; padding: 0; list-style: none; font-size: var(--bw-t-s); }
.langs a, .toplink { display: inline-flex; align-items: center; justify-content: center; min-width: var(--bw-tap);
  min-height: var(--bw-tap); padding: 0 .55rem; color: var(--bw-text-2); text-decoration: none;
  border-radius: var(--bw-r-m); }
.langs a:hover, .toplink:hover { background: var(--bw-surface-sunk); color: var(--bw-text); }
.langs a[aria-current] { color: var(--bw-text); font-weight: 600; border-radius: 0;
  box-shadow: inset 0 -3px 0 -1px var(--bw-channel); }
.langs a[aria-current]:focus-visible { box-shadow: var(--bw-ring); }
.toplink { border: 1px solid var(--bw-line); font-size: var(--bw-t-s); }
.toplink b { margin-right: .3em; font-size: 1.15em; }
.tide { height: 10px; overflow: hidden; color: var(--bw-line);
  background: linear-gradient(var(--bw-surface) 50%, transparent 0); }
.tide svg { width: 100%; height: 10px; }
.tide__fill { fill: var(--bw-surface); }
.tide__line { fill: none; stroke: currentColor; stroke-width: 1.2; }
.sections { background: var(--bw-surface); border-top: 1px solid var(--bw-line); }
.sections ul { max-width: 72rem; margin: 0 auto; padding: 0 calc(var(--bw-gutter) - .75rem); list-style: none;
  display: flex; overflow-x: auto; scrollbar-width: none; }
.sections a { display: flex; align-items: center; min-height: var(--bw-tap); padding: 0 .75rem; white-space: nowrap;
  font-size: var(--bw-t-m); color: var(--bw-text-2); text-decoration: none; }
.sections a:hover { background: var(--bw-surface-sunk); color: var(--bw-text); }
.sections a[aria-current] { color: var(--bw-text); font-weight: 600; box-shadow: inset 0 -3px 0 var(--bw-channel); }
.sections a:focus-visible { box-shadow: inset 0 0 0 3px var(--bw-focus); }
.badge { display: inline-block; min-width: 1.5em; margin-left: .4em; padding: 0 .4em; border-radius: 1em;
  background: var(--bw-channel); color: var(--bw-on-channel); font-size: .8125rem; font-weight: 600; line-height: 1.5em;
  text-align: center; }
.foot { border-top: 1px solid var(--bw-line); color: var(--bw-text-2); font-size: var(--bw-t-s); }
.foot__in { max-width: 72rem; margin: 0 auto; padding: var(--bw-4) var(--bw-gutter) var(--bw-6); display: flex;
  flex-wrap: wrap; gap: 0 var(--bw-5); }
.foot a { display: inline-flex; align-items: center; min-height: var(--bw-tap); color: inherit; }
@media (max-width: 47.99rem) {
  .top__nav { display: contents; }
  .top__in { row-gap: 0; }
  .top .toplink { margin-left: auto; }
  .top__nav nav { width: 100%; }
  .langs { margin-left: -.55rem; }
}
@media (max-width: 27rem) { .brand small { display: none; } }
@media (max-width: 21rem) { .langs a { padding: 0 .35rem; min-width: 2.5rem; } .langs { margin-left: -.35rem; } }
`;
