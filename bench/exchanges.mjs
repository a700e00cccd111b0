/** Complete exchanges: how many a second, how long one takes. Floor: the same work with bare drivers in one process. */
export default ({ system, bare }) =>
  system.loads.flatMap((load, index) => {
    const floor = bare.loads[index];
    const name = `exchanges, ${load.concurrency} at once`;
    const note = `${load.count} exchanges under one consent`;
    return [
      { name: `${name}, rate`, unit: '1/s', value: load.perSecond, floor: floor.perSecond, note },
      { name: `${name}, p50`, unit: 'ms', value: load.p50, floor: floor.p50, note },
      { name: `${name}, p99`, unit: 'ms', value: load.p99, floor: floor.p99, note },
    ];
  });
