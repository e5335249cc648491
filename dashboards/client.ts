// What clients see: the load generator's operations, its circuit breakers and its pools.

import { board, choice, lines, query, stat, thresholds, timeline, words } from './grafana';

const client = 'instance=~"$instance"';
const server = `${client}, server=~"$server"`;
const perSecond = (metric: string, labels: string) => `rate(${metric}{${labels}}[$__rate_interval])`;
const percentile = (share: number, by = '') => `histogram_quantile(${share}, `
  + `sum by (le${by}) (${perSecond('memcache_operation_duration_seconds_bucket', client)}))`;

export default board({
  uid: 'ringtail-client',
  title: 'Ringtail client performance',
  description: 'Operations, errors, circuit breakers and pools as the load generator counts them.',
  choices: [
    choice('instance', 'Client', 'memcache_operations_per_second', 'instance'),
    choice('server', 'Server', 'memcache_circuit_breaker_state', 'server'),
  ],
  rows: [
    {
      title: 'At a glance',
      height: 4,
      panels: [
        stat({
          title: 'Operations per second', width: 6, unit: 'ops', min: 0,
          description: 'Operations that succeed, all clients together.',
          queries: [query('operations', `sum(memcache_operations_per_second{${client}})`)],
        }),
        stat({
          title: 'Error rate', width: 6, unit: 'percentunit', min: 0, decimals: 2,
          description: 'Share of the operations that failed, of the client where it is highest.',
          thresholds: thresholds('green', [0.001, 'orange'], [0.01, 'red']),
          queries: [query('errors', `max(memcache_error_rate{${client}})`)],
        }),
        stat({
          title: 'Latency p99', width: 6, unit: 's', min: 0,
          description: 'As the client sees it.',
          thresholds: thresholds('green', [0.01, 'orange'], [0.1, 'red']),
          queries: [query('p99', percentile(0.99))],
        }),
        stat({
          title: 'Total operations', width: 6, unit: 'short', min: 0,
          description: 'Since the clients started.',
          queries: [query('total', `sum(memcache_operations_total{${client}})`)],
        }),
      ],
    },
    {
      title: 'Operations',
      height: 8,
      panels: [
        lines({
          title: 'Operations per second by client', width: 8, unit: 'ops', min: 0,
          description: 'Operations that succeeded in the last second.',
          queries: [query('{{instance}}', `memcache_operations_per_second{${client}}`)],
        }),
        lines({
          title: 'Operations per second by status', width: 8, unit: 'ops', min: 0, stacked: true,
          description: 'Operations that ended a second by what came of them.',
          queries: [query('{{status}}',
            `sum by (status) (${perSecond('memcache_operations_total', client)})`)],
        }),
        lines({
          title: 'Error rate by client', width: 8, unit: 'percentunit', min: 0,
          description: 'Share of the operations of the last second that failed.',
          queries: [query('{{instance}}', `memcache_error_rate{${client}}`)],
        }),
      ],
    },
    {
      title: 'Latency',
      height: 8,
      panels: [
        lines({
          title: 'Latency', width: 12, unit: 's', min: 0,
          description: 'From the moment an operation was due to its reply.',
          queries: [
            query('p50', percentile(0.5)),
            query('p95', percentile(0.95)),
            query('p99', percentile(0.99)),
          ],
        }),
        lines({
          title: 'Latency p99 by operation', width: 12, unit: 's', min: 0,
          description: 'The slowest hundredth of each kind of operation.',
          queries: [query('{{op}}', percentile(0.99, ', op'))],
        }),
      ],
    },
    {
      title: 'Circuit breakers',
      height: 8,
      panels: [
        timeline({
          title: 'Breaker state', width: 12,
          description: 'Closed: requests pass. Open: the server is left alone. Half-open: a few probe it.',
          mappings: words({
            0: { text: 'closed', color: 'green' },
            1: { text: 'half-open', color: 'yellow' },
            2: { text: 'open', color: 'red' },
          }),
          queries: [query('{{server}}', `max by (server) (memcache_circuit_breaker_state{${server}})`)],
        }),
        lines({
          title: 'Breaker transitions', width: 6, unit: 'short', min: 0,
          description: 'Changes of state since the clients started.',
          queries: [query('{{server}} {{from}} to {{to}}',
            `sum by (server, from, to) (memcache_circuit_breaker_transitions_total{${server}})`)],
        }),
        lines({
          title: 'Requests and failures that breakers saw', width: 6, unit: 'short', min: 0,
          description: 'Since the breaker last changed its state.',
          queries: [
            query('{{server}} requests',
              `sum by (server) (memcache_circuit_breaker_requests{${server}})`),
            query('{{server}} failures, {{type}}',
              `sum by (server, type) (memcache_circuit_breaker_failures{${server}})`),
          ],
        }),
      ],
    },
    {
      title: 'Connection pools',
      height: 8,
      panels: [
        lines({
          title: 'Connections by state', width: 12, unit: 'short', min: 0, stacked: true,
          description: 'Active and idle connections; together they are all there are.',
          queries: [query('{{server}} {{state}}', 'sum by (server, state) '
            + `(memcache_pool_connections{state=~"active|idle", ${server}})`)],
        }),
        lines({
          title: 'Connections made', width: 6, unit: 'short', min: 0,
          description: 'Since the clients started. A steep line: connections do not last.',
          queries: [query('{{server}}',
            `sum by (server) (memcache_pool_connections_created_total{${server}})`)],
        }),
        lines({
          title: 'Errors of getting a connection', width: 6, unit: 'ops', min: 0,
          description: 'A second: none free in time, or none could be made.',
          queries: [query('{{server}}',
            `sum by (server) (${perSecond('memcache_pool_acquire_errors_total', server)})`)],
        }),
      ],
    },
  ],
});
