/** Processor milliseconds per complete exchange, all together and by part; what the idle system uses is taken off. */
const LEAST = 0.05;

export default ({ system, bare }) => {
  const sum = (parts) => parts.reduce((total, ms) => total + ms, 0);
  const floorOf = (name) => (name === 'postgres (main)' ? bare.cpu.postgres : undefined);
  const parts = system.cpu
    .filter(({ ms }) => ms >= LEAST)
    .sort((a, b) => b.ms - a.ms)
    .map(({ name, ms }) => ({
      name: `cpu per exchange, ${name}`,
      unit: 'ms',
      value: ms,
      floor: floorOf(name),
      note: 'idle work taken off',
    }));
  const value = sum(system.cpu.map(({ ms }) => ms));
  const floor = sum(Object.values(bare.cpu));
  const whole = { name: 'cpu per exchange', unit: 'ms', value, floor, note: 'all processes and the partner' };
  const idle = { name: 'cpu of the idle system', unit: 'ms/s', value: system.idleCpu * 1_000, note: 'all processes' };
  return [whole, ...parts, idle];
};
