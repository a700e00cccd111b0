/** Resident memory of the idle system, all together and by process. Floor: as in start-up. */
const BUDGET = 2_500;

export default ({ system, bare }) => {
  const sum = system.memory.reduce((total, { megabytes }) => total + megabytes, 0);
  const whole = { name: 'memory, idle', unit: 'MB', value: sum, floor: bare.memory, note: `budget ${BUDGET} MB` };
  const parts = system.memory.map(({ name, megabytes }) => ({
    name: `memory, idle, ${name}`,
    unit: 'MB',
    value: megabytes,
    note: name.startsWith('postgres') ? 'shared pages counted once' : 'resident set',
  }));
  return [whole, ...parts];
};
