import { glossary } from './gloss.js';

/** Frames of the sentences that explain a decision; {} takes the gloss. */
export const SENTENCES = glossary({
  forbid: [
    'The data cannot be sent this way.',
    '資料不能循這途徑傳送。',
    '信息不能通过这一途径传输。',
    'Os dados não podem seguir por esta via.',
  ],
  escalate: ['A person must decide: {}.', '須由專人決定：{}。', '须由专人决定：{}。', 'Cabe a uma pessoa decidir: {}.'],
  hold: ['Still missing: {}.', '還欠：{}。', '还缺：{}。', 'Falta ainda: {}.'],
  unknown: ['Not known yet: {}', '尚未知道：{}', '尚不清楚：{}', 'Ainda não se sabe: {}'],
  drop: ['Left out: {}. {why}.', '不會傳送：{}。{why}。', '不予提供：{}。{why}。', 'Fica de fora: {}. {why}.'],
  obligation: ['To be done: {}.', '須做到：{}。', '须做到：{}。', 'A cumprir: {}.'],
  dueObligation: [
    'To be done by {due}: {}.',
    '須於{due}或之前做到：{}。',
    '须在{due}或之前做到：{}。',
    'A cumprir até {due}: {}.',
  ],
  termObligation: [
    'To be done: {} ({due}).',
    '須做到：{}（{due}）。',
    '须做到：{}（{due}）。',
    'A cumprir: {} ({due}).',
  ],
  advisory: ['Please note: {}.', '請注意：{}。', '请注意：{}。', 'Note-se: {}.'],
});

/** Spans of time; {} takes the number. */
export const SPANS = glossary({
  D: ['{} days', '{}日', '{}日', '{} dias'],
  M: ['{} months', '{}個月', '{}个月', '{} meses'],
  Y: ['{} years', '{}年', '{}年', '{} anos'],
});
