/** The span: a bridge between the one who holds and the one who receives. Its shape is the state. */
export const span = `
.span { position: relative; max-width: 36rem; margin-inline: auto; }
.span svg { width: 100%; height: auto; overflow: visible; }
.span__arc, .span__deck, .span__hang, .span__water, .span__pier, .span__ferry, .span__way { fill: none;
  vector-effect: non-scaling-stroke; }
.span__arc { stroke: var(--bw-channel); stroke-width: 3; stroke-linecap: round; }
.span__deck { stroke: var(--bw-channel); stroke-width: 2; }
.span__hang { stroke: var(--bw-channel); stroke-width: 1; opacity: .38; }
.span__water { stroke: var(--bw-line-strong); stroke-width: 1.25; stroke-linecap: round; opacity: .45; }
.span__pier { fill: var(--bw-surface); stroke: var(--bw-channel); stroke-width: 3; }
.span__way { stroke: var(--bw-lamp); stroke-width: 3.6; stroke-linecap: round; stroke-linejoin: round; }
.span__ferry { stroke: var(--bw-channel); stroke-width: 3; stroke-linecap: round; stroke-dasharray: 1 10; }
.span__hull { fill: var(--bw-channel); }
.span__sail { fill: var(--bw-lamp); }
.span__jib { fill: var(--bw-channel); opacity: .55; }
.span--pending .span__arc, .span--pending .span__deck { stroke-dasharray: 2 7; stroke-linecap: round; }
.span--ended .span__arc, .span--ended .span__hang { opacity: .22; }
.span--ended .span__deck { stroke-dasharray: 2 7; opacity: .5; }
.span--ended .span__way { stroke: var(--bw-text-3); opacity: .5; }
.span--unlawful .span__arc, .span--unlawful .span__deck, .span--unlawful .span__pier, .span--unlawful .span__hang {
  stroke: var(--bw-text-3); }
.span__label { position: absolute; inset: 0 0 auto; padding-top: 10.2%; font-size: var(--bw-t-s); line-height: 1.4;
  text-align: center; pointer-events: none; }
.span__label span { padding: 0 .4em; background: var(--bw-surface); }
.span__ends { display: grid; grid-template-columns: 1fr 1fr; gap: var(--bw-4); margin-top: var(--bw-2); }
.span__end { display: flex; flex-direction: column; min-width: 0; line-height: 1.4; }
.span__end:last-child { align-items: flex-end; text-align: right; }
.span__role, .span__place { font-size: var(--bw-t-s); color: var(--bw-text-2); }
.span__name { font-weight: 600; }
.span__words { margin-top: var(--bw-3); font-size: var(--bw-t-s); color: var(--bw-text-2); text-align: center; }
:root.text-large .span__label { position: static; padding: .25rem 0 0; }
@media (max-width: 22rem) { .span__label { position: static; padding: .25rem 0 0; } }
@media (forced-colors: active) {
  .span__arc, .span__deck, .span__hang, .span__water, .span__pier, .span__ferry, .span__way { stroke: CanvasText; }
  .span__hull, .span__sail, .span__jib { fill: CanvasText; }
  .span__pier { fill: Canvas; }
}
`;
