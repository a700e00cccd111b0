import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** This process's metrics. Labels are routes and codes: never ids, never people. */
export const metrics = new Registry();

const httpSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer, by route and status',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1, 3, 10],
  registers: [metrics],
});

let collecting = false;

/** Starts the process's default metrics once. */
export function startMetrics(service: string, jurisdiction: string): void {
  if (collecting) return;
  collecting = true;
  metrics.setDefaultLabels({ service, jurisdiction });
  collectDefaultMetrics({ register: metrics });
}

/** Notes one answered HTTP request. */
export const observeHttp = (labels: { method: string; route: string; status: number }, seconds: number): void =>
  httpSeconds.observe(labels, seconds);

/** A gauge of a service's own among its metrics. Labels as for all of them: codes, never ids. */
export const newGauge = <L extends string = never>(
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Gauge<L> => new Gauge({ name, help, labelNames, registers: [metrics] });
