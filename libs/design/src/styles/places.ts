/** The deep-water panel, consent cards, lists of what happened, cities along the shore and numbered steps. */
export const places = `
.harbour { position: relative; overflow: hidden; padding: clamp(1.25rem, 4vw, 2.75rem); border-radius: var(--bw-r-l);
  background: var(--bw-surface-deep); color: var(--bw-on-deep); }
.harbour--tall { padding-bottom: clamp(5.5rem, 9vw, 7rem); }
.harbour h1 { position: relative; max-width: 24em; line-height: 1.35; }
.harbour h1 b { color: var(--bw-lamp-on-deep); }
.harbour p { position: relative; max-width: 34em; margin-top: var(--bw-3); color: var(--bw-on-deep-2); }
.harbour .harbour__before { margin: 0 0 var(--bw-2); }
.harbour__bridge { position: absolute; right: -3rem; bottom: -1.25rem; width: min(27rem, 110%); height: auto;
  color: var(--bw-on-deep-2); opacity: .22; fill: none; stroke: currentColor; }
@media (max-width: 40rem) { .harbour { padding-bottom: 6.5rem; } .harbour__bridge { opacity: .34; } }

.consent { display: flex; flex-direction: column; gap: var(--bw-3); }
.consent .span { width: 100%; max-width: none; }
.consent h3 a { color: var(--bw-text); text-decoration-color: var(--bw-line-strong); }
.consent .meta { display: grid; gap: .1rem; font-size: var(--bw-t-s); color: var(--bw-text-2); }
.consent .acts { display: flex; flex-wrap: wrap; gap: var(--bw-3); margin-top: auto; padding-top: var(--bw-2); }
.consent .acts .btn { flex: 1 1 8rem; }

.list { padding: 0; list-style: none; }
.list > li { display: flex; flex-wrap: wrap; gap: .25rem var(--bw-4); align-items: baseline;
  padding: var(--bw-3) clamp(1rem, 3vw, 1.75rem); border-top: 1px solid var(--bw-line); }
.list > li:first-child { border-top: 0; }
.list time { flex: 0 0 8.5rem; font-size: var(--bw-t-s); color: var(--bw-text-2); font-variant-numeric: tabular-nums; }
.list .main { flex: 1 1 15rem; min-width: 0; }

.shore { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: var(--bw-3); padding: 0;
  list-style: none; }
.shore > li { display: flex; min-width: 0; }
.shore a, .shore button { flex: 1; display: flex; flex-direction: column; justify-content: center; min-width: 0;
  min-height: 4.5rem; padding: .5rem 1rem; border: var(--bw-b-control) solid var(--bw-line-strong);
  border-radius: var(--bw-r-m); background: var(--bw-surface); color: var(--bw-text); font: inherit; line-height: 1.35;
  text-align: left; text-decoration: none; cursor: pointer; }
.shore a:hover, .shore button:hover { border-color: var(--bw-channel); background: var(--bw-channel-tint); }
.shore b { font-size: var(--bw-t-l); }
.shore small { font-size: var(--bw-t-s); color: var(--bw-text-2); }
@media (max-width: 30rem) {
  .shore { grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); }
  .shore a, .shore button { padding: .5rem .75rem; }
  .shore b { font-size: 1.125rem; }
}
/* Names of people and companies are longer than those of cities. */
.shore--names { grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }

.steps { display: grid; gap: var(--bw-4); padding: 0; list-style: none; counter-reset: step; }
.steps > li { display: grid; grid-template-columns: 2.5rem 1fr; gap: .75rem; counter-increment: step; }
.steps > li::before { content: counter(step); display: grid; place-items: center; width: 2.25rem; height: 2.25rem;
  border: 2px solid var(--bw-channel); border-radius: 50%; color: var(--bw-channel); font-weight: 600; }

.next { margin-top: var(--bw-4); }
.leave { margin-top: var(--bw-7); }
.shown { min-width: 0; margin: 0; padding: clamp(1rem, 3vw, 1.75rem); border: 2px dashed var(--bw-line-strong);
  border-radius: var(--bw-r-l); }
dialog { max-width: 28rem; padding: var(--bw-5); border: 1px solid var(--bw-line-strong); border-radius: var(--bw-r-l);
  background: var(--bw-surface); color: var(--bw-text); }
dialog::backdrop { background: rgb(8 40 48 / .55); }
`;
