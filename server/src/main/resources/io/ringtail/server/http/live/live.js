'use strict';
// Draws what /v1/events sends: a history first, then a sample each second. Rates are differences of counters.
(() => {
  const KEPT = 300;
  const byId = id => document.getElementById(id);
  const show = (id, text) => { const it = byId(id); if (it.textContent !== text) it.textContent = text; };
  const samples = [];
  let offset = null;

  const whole = n => Math.round(n).toLocaleString('en-US');
  const short = n => n >= 1e9 ? (n / 1e9).toFixed(2) + 'G' : n >= 1e6 ? (n / 1e6).toFixed(2) + 'M'
    : n >= 1e4 ? (n / 1e3).toFixed(1) + 'k' : n >= 100 || Number.isInteger(n) ? whole(n) : n.toFixed(1);
  const size = n => n >= 1 << 30 ? (n / (1 << 30)).toFixed(2) + ' GiB' : n >= 1 << 20 ? (n / (1 << 20)).toFixed(1) + ' MiB'
    : n >= 1024 ? (n / 1024).toFixed(1) + ' KiB' : whole(n) + ' B';
  const time = ns => ns >= 1e9 ? (ns / 1e9).toPrecision(3) + ' s' : ns >= 1e6 ? (ns / 1e6).toPrecision(3) + ' ms'
    : (ns / 1e3).toPrecision(3) + ' µs';
  const span = seconds => {
    const d = Math.floor(seconds / 86400), h = Math.floor(seconds / 3600) % 24, m = Math.floor(seconds / 60) % 60;
    return d ? `${d} d ${h} h` : h ? `${h} h ${m} min` : m ? `${m} min ${Math.floor(seconds % 60)} s` : `${Math.floor(seconds)} s`;
  };
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hour12: false });
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // --- charts ---
  const columns = { x: [] };
  const charts = [];
  const dark = matchMedia('(prefers-color-scheme: dark)');

  function chart(id, format, series, scale) {
    charts.push({ id, format, series, scale, plot: null });
    for (const one of series) columns[one.of] = [];
  }
  const log = { y: { distr: 3, range: (u, low, high) => [10 ** Math.floor(Math.log10(low || 1e4)), 10 ** Math.ceil(Math.log10((high || 1e5) + 1))] } };
  const upFrom = least => ({ y: { range: (u, low, high) => [0, Math.max(least, (high || 0) * 1.1)] } });
  const fromZero = upFrom(10), bytes = upFrom(1024);
  const powers = [...Array(44).keys()].map(i => 2 ** i);
  const decades = (u, splits) => splits.map(v => /^10*$/.test(String(Math.round(v))) ? v : null);
  const percent = { y: { range: [0, 100] } };
  chart('chart-rates', short, [{ of: 'hit', label: 'hits', c: '--a' }, { of: 'miss', label: 'misses', c: '--b' },
    { of: 'set', label: 'sets', c: '--c' }, { of: 'del', label: 'deletes', c: '--d' }, { of: 'other', label: 'others', c: '--e' }], fromZero);
  chart('chart-ratio', n => n.toFixed(1) + '%', [{ of: 'ratio', label: 'of gets', c: '--a', fill: true }], percent);
  chart('chart-latency', time, [{ of: 'p50', label: 'p50', c: '--c' }, { of: 'p95', label: 'p95', c: '--a' },
    { of: 'p99', label: 'p99', c: '--b' }, { of: 'p999', label: 'p99.9', c: '--d' }], log);
  chart('chart-memory', size, [{ of: 'used', label: 'used', c: '--a', fill: true }, { of: 'itemBytes', label: 'items', c: '--c' },
    { of: 'limit', label: 'limit', c: '--d', dash: [6, 4] }], bytes);
  chart('chart-evictions', short, [{ of: 'evict', label: 'evictions', c: '--d' }, { of: 'expire', label: 'expirations', c: '--b' }], fromZero);
  chart('chart-network', n => size(n), [{ of: 'in', label: 'in', c: '--c' }, { of: 'out', label: 'out', c: '--a' }], bytes);

  function build() {
    for (const one of charts) {
      if (one.plot) one.plot.destroy();
      const place = byId(one.id);
      const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
      one.plot = new uPlot({
        width: Math.max(200, place.clientWidth), height: 170,
        scales: { x: { time: true }, ...one.scale },
        cursor: { sync: { key: 'live' }, points: { size: 6 } },
        legend: { live: true },
        axes: [{ ...axis, size: 24, space: 80, values: (u, ticks) => ticks.map(t => clock.format(t * 1000)) },
          { ...axis, size: 62, space: 30, values: (u, ticks) => ticks.map(t => t === null ? '' : one.format(t)),
            ...(one.scale === bytes ? { incrs: powers } : {}),
            ...(one.scale === log ? { filter: decades, grid: { ...axis.grid, filter: decades } } : {}) }],
        series: [{}, ...one.series.map(s => ({
          label: s.label, stroke: colour(s.c), width: 1.75, dash: s.dash, points: { show: false }, spanGaps: false,
          fill: s.fill ? colour(s.c) + '22' : undefined, value: (u, v) => v === null || v === undefined ? '–' : one.format(v),
        }))],
      }, data(one), place);
    }
  }
  const data = one => [columns.x, ...one.series.map(s => columns[s.of])];
  function draw() {
    for (const one of charts) {
      one.plot.setData(data(one));
      if (!(one.plot.cursor.left >= 0)) one.plot.setLegend({ idx: columns.x.length - 1 });
    }
  }
  addEventListener('resize', () => {
    for (const one of charts) one.plot.setSize({ width: Math.max(200, byId(one.id).clientWidth), height: 170 });
  });
  dark.addEventListener('change', build);

  // --- samples ---
  function take(sample) {
    const before = samples[samples.length - 1];
    if (offset === null) offset = Date.now() - sample.at;
    samples.push(sample);
    if (samples.length > KEPT) samples.shift();
    if (!before || sample.at <= before.at) return null;
    const seconds = (sample.at - before.at) / 1000;
    const rate = name => Math.max(0, sample[name] - before[name]) / seconds;
    const hit = rate('hits'), miss = rate('misses');
    const timed = sample.p50 > 0;
    const row = {
      x: (sample.at + offset) / 1000, hit, miss, set: rate('sets'), del: rate('deletes'), other: rate('others'),
      ratio: hit + miss > 0 ? 100 * hit / (hit + miss) : null,
      p50: timed ? sample.p50 : null, p95: timed ? sample.p95 : null, p99: timed ? sample.p99 : null, p999: timed ? sample.p999 : null,
      used: sample.memory, itemBytes: sample.bytes, limit: sample.limit, evict: rate('evictions'), expire: rate('expirations'),
      in: rate('read'), out: rate('written'),
    };
    for (const name in columns) {
      columns[name].push(row[name]);
      if (columns[name].length > KEPT) columns[name].shift();
    }
    return row;
  }

  function tiles(sample, row) {
    const gets = row.hit + row.miss;
    show('rate', short(Math.round(gets + row.set + row.del + row.other)));
    show('rate-note', `${short(Math.round(gets))} gets, ${short(Math.round(row.set))} sets`);
    show('ratio', row.ratio === null ? '–' : row.ratio.toFixed(1) + '%');
    show('ratio-note', row.ratio === null ? 'no gets now' : `${short(Math.round(row.miss))} misses/s`);
    show('p99', row.p99 === null ? '–' : time(row.p99));
    show('p99-note', row.p50 === null ? 'no samples' : `p50 ${time(row.p50)}, p99.9 ${time(row.p999)}`);
    show('memory', size(sample.memory));
    byId('memory-meter').value = sample.memory / sample.limit;
    show('memory-note', `${size(sample.limit)}, ${short(Math.round(row.evict))} evicted/s`);
    show('items', short(sample.items));
    show('items-note', sample.items ? `${size(sample.bytes / sample.items)} each` : '');
    show('connections', whole(sample.connections));
    show('connections-note', `↓ ${size(row.in)}/s ↑ ${size(row.out)}/s`);
    show('uptime', 'up ' + span(sample.at / 1000));
    for (const name of ['hits', 'misses', 'sets', 'deletes', 'items', 'bytes', 'evictions', 'expirations'])
      show('total-' + name, whole(sample[name]));
  }

  function hot(keys) {
    byId('hot-none').hidden = keys.length > 0;
    const body = byId('hot').tBodies[0];
    const shown = keys.slice(0, 10);
    while (body.rows.length > shown.length) body.deleteRow(-1);
    shown.forEach((each, i) => {
      let line = body.rows[i];
      if (!line) {
        line = body.insertRow();
        const cell = line.insertCell();
        cell.className = 'key';
        const bar = document.createElement('span');
        bar.className = 'bar';
        const button = document.createElement('button');
        button.addEventListener('click', () => { byId('key').value = button.textContent; lookUp(button.dataset.encoded); });
        cell.append(bar, button);
        line.insertCell().className = 'rate';
      }
      const [bar, button] = line.cells[0].children;
      bar.style.width = 100 * each.per_second / shown[0].per_second + '%';
      if (button.textContent !== each.key) button.textContent = each.key;
      button.dataset.encoded = each.encoded;
      button.title = each.key;
      line.cells[1].textContent = short(each.per_second);
    });
  }

  // --- look-up ---
  function note(text, wrong) {
    const it = byId('lookup-note');
    it.textContent = text;
    it.className = wrong ? 'quiet wrong' : 'quiet';
  }
  async function lookUp(encoded) {
    byId('found').hidden = byId('value').hidden = true;
    if (!encoded) return note('Which key?', true);
    try {
      const reply = await fetch('v1/keys/' + encoded, { cache: 'no-store' });
      if (reply.status !== 200) {
        const why = await reply.json().then(it => it.error, () => 'status ' + reply.status);
        return note(why, true);
      }
      const length = Number(reply.headers.get('content-length'));
      show('found-size', length < 1024 ? whole(length) + ' B' : `${size(length)} (${whole(length)} B)`);
      const ttl = reply.headers.get('x-ringtail-ttl');
      show('found-ttl', ttl === null ? 'for ever' : span(Number(ttl)));
      show('found-type', reply.headers.get('content-type'));
      show('found-cas', (reply.headers.get('etag') || '–').replace(/"/g, ''));
      byId('found').hidden = false;
      value(await beginning(reply, 4096), length);
    } catch (e) {
      note('The node cannot be reached.', true);
    }
  }
  // The first bytes of a body, which may be a gibibyte.
  async function beginning(reply, most) {
    const reader = reply.body.getReader();
    const bytes = new Uint8Array(most);
    let filled = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, most - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === most) { reader.cancel(); break; }
    }
    return bytes.subarray(0, filled);
  }
  function value(bytes, length) {
    let text = new TextDecoder().decode(bytes, { stream: bytes.length < length });
    if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) {
      text = [...bytes.subarray(0, 512)].map(b => b.toString(16).padStart(2, '0')).join(' ');
      note(`The first ${Math.min(512, bytes.length)} bytes, in hexadecimal.`);
    } else {
      try { if (bytes.length === length && /^[[{]/.test(text)) text = JSON.stringify(JSON.parse(text), null, 2); } catch (e) { /* no JSON */ }
      note(bytes.length < length ? `The first ${bytes.length} bytes.` : '');
    }
    byId('value').textContent = text;
    byId('value').hidden = length === 0;
  }
  byId('lookup').addEventListener('submit', event => {
    event.preventDefault();
    lookUp(encodeURIComponent(byId('key').value));
  });

  // --- events ---
  function state(name) {
    show('state', name);
    byId('state').className = name === 'live' ? 'live' : 'lost';
  }
  build();
  const events = new EventSource('v1/events');
  events.addEventListener('history', event => {
    const history = JSON.parse(event.data);
    show('node', history.node);
    show('version', 'Ringtail ' + history.version);
    document.title = history.node + ' · Ringtail';
    samples.length = 0;
    for (const name in columns) columns[name].length = 0;
    const last = history.samples[history.samples.length - 1];
    offset = last ? Date.now() - last.at : null;
    let row = null;
    for (const sample of history.samples) row = take(sample) || row;
    if (row) tiles(samples[samples.length - 1], row);
    draw();
    state('live');
  });
  events.addEventListener('sample', event => {
    const { sample, hot: keys } = JSON.parse(event.data);
    const row = take(sample);
    if (row) { tiles(sample, row); draw(); }
    hot(keys);
    state('live');
  });
  events.onerror = () => state('lost');
})();
