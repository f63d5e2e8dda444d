import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the roles measure of themselves, in Prometheus' units (seconds). */
export interface WorkerMetrics {
  readonly registry: Registry;
  readonly schedulerLag: Histogram;
  readonly probeDuration: Histogram;
  readonly probes: Counter<'verdict'>;
  readonly batchSize: Histogram;
  readonly recorded: Counter<'outcome'>;
  readonly deliveries: Counter<'channel' | 'outcome'>;
  readonly queueWaiting: Gauge;
  readonly inFlight: Gauge;
  /** Of a remote prober: results that the API does not have yet, and those that it never will. */
  readonly resultsWaiting: Gauge;
  readonly resultsDropped: Counter;
}

export function createMetrics(): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    schedulerLag: new Histogram({
      name: 'rollcall_scheduler_lag_seconds',
      help: 'From the instant a probe was due to its claim.',
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
      registers,
    }),
    probeDuration: new Histogram({
      name: 'rollcall_probe_duration_seconds',
      help: 'Duration of whole probes.',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    probes: new Counter({ name: 'rollcall_probes_total', help: 'Probes by verdict.', labelNames: ['verdict'], registers }),
    batchSize: new Histogram({
      name: 'rollcall_record_batch_size',
      help: 'Probes recorded in one transaction.',
      buckets: [1, 2, 5, 10, 25, 50, 100, 200],
      registers,
    }),
    recorded: new Counter({
      name: 'rollcall_recorded_total',
      help: 'Recorded probes: new, or repeated and ignored.',
      labelNames: ['outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'rollcall_deliveries_total',
      help: 'Delivery attempts.',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    queueWaiting: new Gauge({ name: 'rollcall_queue_waiting', help: 'Jobs waiting in this region.', registers }),
    resultsWaiting: new Gauge({ name: 'rollcall_results_waiting', help: 'Results that wait to be delivered to the API.', registers }),
    resultsDropped: new Counter({ name: 'rollcall_results_dropped_total', help: 'Results that were given up undelivered.', registers }),
    inFlight: new Gauge({ name: 'rollcall_probes_in_flight', help: 'Probes running in this process.', registers }),
  };
}
