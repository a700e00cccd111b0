/** What an exchange asks of PostgreSQL; what the idle system does is taken off. */
export default ({ system }) => [
  { name: 'commits that write, per exchange', unit: '1', value: system.writes, note: 'the floor makes as many' },
  { name: 'commits, per exchange', unit: '1', value: system.transactions, note: 'with those that only read' },
  { name: 'rows written, per exchange', unit: '1', value: system.rows, note: 'the floor writes as many' },
];
