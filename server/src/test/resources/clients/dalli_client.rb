# Dalli: the binary protocol with quiet requests.
require 'dalli'
require 'timeout'

def check(expected, actual)
  return if expected == actual

  raise "expected #{expected.inspect}, got #{actual.inspect[0, 200]}"
end

address = "127.0.0.1:#{ARGV[0]}"
dalli = Dalli::Client.new(address, socket_timeout: 60)
check(true, dalli.flush.all?)
check(nil, dalli.get('a'))
check(true, dalli.set('a', 'one').positive?)
check('one', dalli.get('a'))
check(false, dalli.add('a', 'two'))
check(true, dalli.add('b', 'two').positive?)
check(true, dalli.replace('b', 'three').positive?)
check(0, dalli.replace('none', 'three'))
check('three', dalli.gat('b', 100))
check(nil, dalli.gat('none', 100))
check(true, dalli.touch('b', 100))
check(nil, dalli.touch('none', 100))
check(true, dalli.delete('a'))
check(false, dalli.delete('a') || false)

check(nil, dalli.incr('n', 1))
check(10, dalli.incr('n', 1, 0, 10))
check(15, dalli.incr('n', 5))
check(12, dalli.decr('n', 3))
check(0, dalli.decr('n', 100))
check(5, dalli.decr('m', 1, 0, 5))

dalli.set('raw', 'mid', 0, raw: true)
check(true, dalli.append('raw', '>'))
check(true, dalli.prepend('raw', '<'))
check('<mid>', dalli.get('raw', raw: true))
check(false, dalli.append('none', '>'))

[1, 2.5, nil, [1, { k: 'v' }], "t\u00e9xt", "\0\r\n\xFF".b, 'x' * 900_000].each do |value|
  dalli.set('typed', value)
  check(value, dalli.get('typed'))
end
packing = Dalli::Client.new(address, socket_timeout: 60, compress: true, value_max_bytes: 4 * 1024 * 1024)
packing.set('packed', 'x' * 2_000_000)
check('x' * 2_000_000, packing.get('packed'))

value, cas = dalli.get_cas('raw')
check('<mid>', value)
check(true, dalli.set_cas('raw', 'new', cas, 0, raw: true).positive?)
check(false, dalli.set_cas('raw', 'other', cas, 0, raw: true))
check(true, dalli.cas('typed') { |_| 'changed' }.positive?)
check('changed', dalli.get('typed'))
check(nil, dalli.cas('none') { |_| 'changed' })
check(false, dalli.delete_cas('raw', cas))

dalli.multi do
  300.times { |i| dalli.set("many#{i}", i) }
  dalli.delete('many7')
end
keys = Array.new(300) { |i| "many#{i}" }
found = dalli.get_multi(*keys)
check(299, found.size)
check(42, found['many42'])
found = {}
dalli.get_multi('many1', 'many2', 'none') { |key, one| found[key] = one }
check({ 'many1' => 1, 'many2' => 2 }, found)
found = dalli.get_multi_cas('many1', 'none')
check(['many1'], found.keys)

check('made', dalli.fetch('fetched', 100) { 'made' })
check('made', dalli.fetch('fetched', 100) { 'again' })
dalli.set('short', 'x', 1)
Timeout.timeout(60) { sleep 0.05 until dalli.get('short').nil? }

stats = dalli.stats.values.first
check(true, stats['curr_items'].to_i.positive?)
check(true, dalli.stats(:settings).values.first.key?('maxbytes'))
check(true, dalli.stats(:items).values.first.any?)
check(stats['version'], dalli.version.values.first)
dalli.close

spaced = Dalli::Client.new(address, socket_timeout: 60, namespace: 'app', expires_in: 300)
spaced.set('key', 1)
check(1, spaced.get('key'))
check(1, Dalli::Client.new(address, socket_timeout: 60).get('app:key'))
puts 'ok'
