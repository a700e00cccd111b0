/** Seconds until the whole system is ready. Floor: the same servers and as many Node programs that only listen. */
const BUDGETS = [90, 30];

export default ({ system, bare }) =>
  ['first', 'second'].map((which, index) => ({
    name: `start-up, ${which}`,
    unit: 's',
    value: system.starts[index],
    floor: bare.starts[index],
    note: `budget ${BUDGETS[index]} s; packages installed, built`,
  }));
