/** A4, black on white, no navigation; what is folded is printed open where the browser can. */
export const print = `
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 9pt; } }
@media print {
  .skip, .top__nav, .sections, .tide, .btn, .withdraw, .foot, .harbour__bridge { display: none !important; }
  main { max-width: none; padding: 0; }
  .top__in { padding: 0 0 6mm; }
  .brand small { display: none; }
  .cols { display: block; }
  .cols > aside { position: static; max-height: none; margin-top: 8mm; }
  .card, .act, .harbour { padding: 0 0 4mm; border: 0; border-radius: 0; box-shadow: none; background: none; }
  .harbour, .harbour p, .harbour h1 b { color: inherit; }
  .card, .act, .tl > li, .span { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  .tag { padding-inline: 0; background: none; color: inherit; }
  .more::details-content { content-visibility: visible; height: auto; }
  .sheet { break-before: page; }
  a { color: inherit; text-decoration: none; }
}
`;
