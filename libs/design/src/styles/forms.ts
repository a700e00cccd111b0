/** Acts, answer pairs, buttons, fields and errors. Both answers of a pair have one look; nothing is chosen beforehand. */
export const forms = `
input[type=radio] { appearance: none; flex: none; width: 1.5rem; height: 1.5rem; margin: .1rem 0 0;
  border: 2px solid var(--bw-line-strong); border-radius: 50%; background: var(--bw-surface); cursor: pointer; }
input[type=radio]:checked { border-width: 7px; border-color: var(--bw-channel); }
input[type=checkbox] { flex: none; width: 1.5rem; height: 1.5rem; margin: .15rem 0 0; accent-color: var(--bw-channel);
  cursor: pointer; }
.opt { flex: 1 1 100%; display: flex; flex-wrap: wrap; gap: .75rem; align-items: flex-start; min-height: var(--bw-tap);
  margin: .25rem -.75rem 0; padding: .75rem; border-radius: var(--bw-r-m); cursor: pointer; }
.opt:hover { background: var(--bw-surface-sunk); }
.opt .what { flex: 1 1 12rem; min-width: 0; }

.act { min-width: 0; margin-inline: 0; padding: clamp(1rem, 3vw, 1.75rem); background: var(--bw-surface);
  border: 1px solid var(--bw-line); border-radius: var(--bw-r-l); box-shadow: var(--bw-e-1); }
.act legend { float: left; display: flex; gap: .75rem; align-items: baseline; width: 100%; padding: 0;
  font-size: var(--bw-t-l); font-weight: 600; line-height: var(--bw-lead-tight); }
.act legend + * { clear: both; }
.act__no { flex: none; display: inline-grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%;
  border: 2px solid var(--bw-channel); color: var(--bw-channel); font-size: var(--bw-t-m); }
.act__say { max-width: var(--bw-measure); padding-top: var(--bw-3); }
.act__law { margin-top: var(--bw-2); font-size: var(--bw-t-s); color: var(--bw-text-2); }
.act .error { margin-top: var(--bw-3); }

.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--bw-3); }
.act .pair { margin-top: var(--bw-4); }
.choice { display: flex; gap: .75rem; align-items: center; min-height: 3.5rem; padding: .5rem 1rem;
  border: var(--bw-b-control) solid var(--bw-line-strong); border-radius: var(--bw-r-m); background: var(--bw-surface);
  font-weight: 600; line-height: 1.35; cursor: pointer; }
.choice input { margin: 0; }
.choice:hover { background: var(--bw-surface-sunk); }
.choice:has(:checked) { border-color: var(--bw-channel); background: var(--bw-channel-tint);
  box-shadow: inset 0 0 0 1.5px var(--bw-channel); }
.choice:has(:focus-visible) { box-shadow: var(--bw-ring); }
.choice input:focus-visible { box-shadow: none; }

.btn { display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 3.25rem;
  padding: .5rem 1.5rem; border: var(--bw-b-control) solid var(--bw-channel); border-radius: var(--bw-r-m);
  background: var(--bw-surface); color: var(--bw-channel); font: inherit; font-weight: 600; line-height: 1.3;
  text-align: center; text-decoration: none; cursor: pointer; transition: background var(--bw-m-fast); }
.btn:hover { background: var(--bw-channel-tint); color: var(--bw-channel-hover); }
.btn--go { background: var(--bw-channel); color: var(--bw-on-channel); }
.btn--go:hover { background: var(--bw-channel-hover); color: var(--bw-on-channel); }
.btn--s { min-height: var(--bw-tap); padding: .25rem 1rem; font-size: var(--bw-t-m); }
.btn--wide { width: 100%; }
.withdraw[open] > summary { margin-bottom: var(--bw-4); background: var(--bw-surface-sunk); }

.field > label { display: block; font-weight: 600; }
.field .hint { color: var(--bw-text-2); font-size: var(--bw-t-m); }
.field input, .field select, .field textarea { display: block; width: 100%; max-width: 28rem; min-height: var(--bw-tap);
  margin-top: var(--bw-2); padding: .5rem .75rem; border: var(--bw-b-control) solid var(--bw-line-strong);
  border-radius: var(--bw-r-m); background: var(--bw-surface); color: var(--bw-text); font: inherit; }
.error { color: var(--bw-stop); font-weight: 600; }
.field--wrong, .act--wrong { border-left: 6px solid var(--bw-stop); }
.field--wrong { padding-left: 1rem; }
.errors { padding: clamp(1rem, 3vw, 1.5rem); border: 3px solid var(--bw-stop); border-radius: var(--bw-r-m);
  background: var(--bw-surface); }
.errors h2 { margin-bottom: var(--bw-2); }
.errors a { display: inline-flex; align-items: center; min-height: var(--bw-tap); color: var(--bw-stop); }
.errors ul { padding: 0; list-style: none; }
@media (max-width: 30rem) {
  .pair--stack { grid-template-columns: 1fr; }
  .choice { gap: .5rem; padding: .5rem .75rem; }
  .btn { padding-inline: .75rem; }
  .opt .tags { margin-left: 2.25rem; }
}
@media (forced-colors: active) { input[type=radio] { appearance: auto; } }
`;
