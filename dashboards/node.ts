// One or several nodes: what they are asked for, how fast they answer, what they hold.

import { board, choice, lines, query, stat, thresholds } from './grafana';

const node = 'instance=~"$instance"';
const perSecond = (metric: string, more = '') => `rate(${metric}{${node}${more}}[$__rate_interval])`;
const hitRate = `sum(${perSecond('ringtail_hits_total')}) / `
  + `(sum(${perSecond('ringtail_hits_total')}) + sum(${perSecond('ringtail_misses_total')}))`;
const percentile = (share: number, by = '') => `histogram_quantile(${share}, `
  + `sum by (le${by}) (${perSecond('ringtail_request_duration_seconds_bucket')}))`;
const bytesUsed = `sum(ringtail_cache_bytes{${node}})`;
const bytesAllowed = `sum(ringtail_cache_limit_bytes{${node}})`;

export default board({
  uid: 'ringtail-node',
  title: 'Ringtail node',
  description: 'Hit rate, latency, throughput, memory, evictions and connections of Ringtail nodes.',
  choices: [choice('instance', 'Node', 'ringtail_connections', 'instance')],
  rows: [
    {
      title: 'At a glance',
      height: 4,
      panels: [
        stat({
          title: 'Hit rate', width: 4, unit: 'percentunit', min: 0, max: 1, decimals: 1,
          description: 'Share of the keys asked for that were there.',
          thresholds: thresholds('red', [0.5, 'orange'], [0.8, 'green']),
          queries: [query('hit rate', hitRate)],
        }),
        stat({
          title: 'Throughput', width: 4, unit: 'reqps', min: 0,
          description: 'Commands a second; a get of several keys counts once for each.',
          queries: [query('requests', `sum(${perSecond('ringtail_requests_total')})`)],
        }),
        stat({
          title: 'Latency p99', width: 4, unit: 's', min: 0,
          description: 'From a read to the moment its replies left, on the node.',
          thresholds: thresholds('green', [0.005, 'orange'], [0.05, 'red']),
          queries: [query('p99', percentile(0.99))],
        }),
        stat({
          title: 'Memory', width: 4, unit: 'percentunit', min: 0, max: 1,
          description: 'Items over the limit (-m). A cache that has been used for long is full.',
          queries: [query('used', `${bytesUsed} / ${bytesAllowed}`)],
        }),
        stat({
          title: 'Evictions', width: 4, unit: 'ops', min: 0,
          description: 'Items given up a second because memory was needed.',
          queries: [query('evictions', `sum(${perSecond('ringtail_cache_evictions_total')})`)],
        }),
        stat({
          title: 'Connections', width: 4, min: 0,
          description: 'Clients connected now.',
          queries: [query('connections', `sum(ringtail_connections{${node}})`)],
        }),
      ],
    },
    {
      title: 'Requests',
      height: 8,
      panels: [
        lines({
          title: 'Hit rate by node', width: 8, unit: 'percentunit', min: 0, max: 1,
          description: 'Share of the keys asked for that were there.',
          queries: [query('{{instance}}', `sum by (instance) (${perSecond('ringtail_hits_total')})`
            + ` / (sum by (instance) (${perSecond('ringtail_hits_total')})`
            + ` + sum by (instance) (${perSecond('ringtail_misses_total')}))`)],
        }),
        lines({
          title: 'Throughput by command', width: 8, unit: 'reqps', min: 0, stacked: true,
          description: 'Commands a second by what was asked for.',
          queries: [query('{{op}}', `sum by (op) (${perSecond('ringtail_requests_total')})`)],
        }),
        lines({
          title: 'Throughput by result', width: 8, unit: 'reqps', min: 0, stacked: true,
          description: 'Commands a second by what came of them.',
          queries: [
            query('{{result}}', `sum by (result) (${perSecond('ringtail_requests_total')})`),
          ],
        }),
      ],
    },
    {
      title: 'Latency',
      height: 8,
      panels: [
        lines({
          title: 'Latency', width: 12, unit: 's', min: 0,
          description: 'From a read to the moment its replies left, of a sample of all reads.',
          queries: [
            query('p50', percentile(0.5)),
            query('p95', percentile(0.95)),
            query('p99', percentile(0.99)),
          ],
        }),
        lines({
          title: 'Latency p99 by command', width: 12, unit: 's', min: 0,
          description: 'The slowest hundredth of each kind of command.',
          queries: [query('{{op}}', percentile(0.99, ', op'))],
        }),
      ],
    },
    {
      title: 'Memory',
      height: 8,
      panels: [
        lines({
          title: 'Items and their limit', width: 8, unit: 'bytes', min: 0,
          description: 'Bytes of the items held, and what items, index and bookkeeping may take.',
          queries: [query('items', bytesUsed), query('limit', bytesAllowed)],
        }),
        lines({
          title: 'Entries', width: 8, unit: 'short', min: 0,
          description: 'Items held.',
          queries: [
            query('{{instance}}', `sum by (instance) (ringtail_cache_entries{${node}})`),
          ],
        }),
        lines({
          title: 'Evictions and expirations', width: 8, unit: 'ops', min: 0,
          description: 'Items that left a second: because memory was needed, or their time was up.',
          queries: [
            query('evicted', `sum(${perSecond('ringtail_cache_evictions_total')})`),
            query('expired', `sum(${perSecond('ringtail_cache_expirations_total')})`),
          ],
        }),
      ],
    },
    {
      title: 'Connections and process',
      height: 8,
      panels: [
        lines({
          title: 'Connections by node', width: 6, unit: 'short', min: 0,
          description: 'Clients connected.',
          queries: [query('{{instance}}', `sum by (instance) (ringtail_connections{${node}})`)],
        }),
        lines({
          title: 'Network', width: 6, unit: 'Bps', min: 0,
          description: 'Bytes a second from and to clients.',
          queries: [
            query('in', `sum(${perSecond('ringtail_bytes_read_total')})`),
            query('out', `sum(${perSecond('ringtail_bytes_written_total')})`),
          ],
        }),
        lines({
          title: 'Process memory', width: 6, unit: 'bytes', min: 0,
          description: 'Resident memory of the processes, and the part of it that is Java heap.',
          queries: [
            query('resident', `sum(process_resident_memory_bytes{${node}})`),
            query('heap', `sum(jvm_memory_bytes_used{area="heap", ${node}})`),
          ],
        }),
        lines({
          title: 'Processor', width: 6, unit: 'percentunit', min: 0,
          description: 'Processor time a second: 1 is one core. Collections should be near 0.',
          queries: [
            query('all', `sum(${perSecond('process_cpu_seconds_total')})`),
            query('collections', `sum(${perSecond('jvm_gc_collection_seconds_sum')})`),
          ],
        }),
      ],
    },
  ],
});
