<?php
// php-memcached: libmemcached with the text and the binary protocol.
$port = (int) $argv[1];

function check($expected, $actual) {
    if ($expected !== $actual) {
        fwrite(STDERR, "expected " . var_export($expected, true) . ", got "
            . substr(var_export($actual, true), 0, 300) . "\n");
        debug_print_backtrace();
        exit(1);
    }
}

function connect(bool $binary, array $options = []): Memcached {
    global $port;
    $m = new Memcached();
    $m->setOption(Memcached::OPT_BINARY_PROTOCOL, $binary);
    $m->setOption(Memcached::OPT_RECV_TIMEOUT, 60000000);
    $m->setOption(Memcached::OPT_SEND_TIMEOUT, 60000000);
    $m->setOption(Memcached::OPT_POLL_TIMEOUT, 60000);
    $m->setOption(Memcached::OPT_CONNECT_TIMEOUT, 60000);
    foreach ($options as $option => $value) {
        check(true, $m->setOption($option, $value));
    }
    check(true, $m->addServer('127.0.0.1', $port));
    return $m;
}

function basics(Memcached $m) {
    $binary = (bool) $m->getOption(Memcached::OPT_BINARY_PROTOCOL);
    check(true, $m->flush());
    check(false, $m->get('a'));
    check(Memcached::RES_NOTFOUND, $m->getResultCode());
    check(true, $m->set('a', 'one'));
    check('one', $m->get('a'));
    check(false, $m->add('a', 'two'));
    check($binary ? Memcached::RES_DATA_EXISTS : Memcached::RES_NOTSTORED, $m->getResultCode());
    check(true, $m->add('b', 'two'));
    check(true, $m->replace('b', 'three'));
    check(false, $m->replace('none', 'three'));
    check(true, $m->touch('b', 100));
    check(false, $m->touch('none', 100));
    check(true, $m->delete('a'));
    check(false, $m->delete('a'));
    check(Memcached::RES_NOTFOUND, $m->getResultCode());
    foreach ([1, -7, 1.5, true, '', "b\0\r\n\xff", [1, ['k' => null]], str_repeat('x', 500000)] as $value) {
        check(true, $m->set('typed', $value));
        check($value, $m->get('typed'));
    }
}

function counts(Memcached $m, bool $binary) {
    $m->delete('n');
    check(true, $m->set('n', 10));
    check(13, $m->increment('n', 3));
    check(12, $m->decrement('n'));
    check(0, $m->decrement('n', 100));
    check(false, $m->increment('none'));
    if ($binary) {
        check(5, $m->increment('created', 1, 5, 100));
        check(6, $m->increment('created', 1, 5, 100));
    }
}

function several(Memcached $m) {
    $values = [];
    for ($i = 0; $i < 300; $i++) {
        $values["many$i"] = str_repeat("v$i", $i);
    }
    check(true, $m->setMulti($values, 1000));
    check($values, $m->getMulti(array_keys($values), Memcached::GET_PRESERVE_ORDER));
    check(true, $m->getDelayed(['many1', 'none', 'many2'], true));
    $found = [];
    while ($one = $m->fetch()) {
        check(true, isset($one['cas']));
        $found[$one['key']] = $one['value'];
    }
    ksort($found);
    check(['many1' => 'v1', 'many2' => 'v2v2'], $found);
    $deleted = $m->deleteMulti(['many1', 'none']);
    check(true, $deleted['many1']);
    check(Memcached::RES_NOTFOUND, $deleted['none']);
}

function compareAndSet(Memcached $m) {
    $m->set('cas', 'one');
    $extended = $m->get('cas', null, Memcached::GET_EXTENDED);
    check('one', $extended['value']);
    check(true, $m->cas($extended['cas'], 'cas', 'two'));
    check(false, $m->cas($extended['cas'], 'cas', 'three'));
    check(Memcached::RES_DATA_EXISTS, $m->getResultCode());
    check('two', $m->get('cas'));
}

function concatenates(Memcached $m) {
    $m->set('s', 'mid');
    check(true, $m->append('s', '>'));
    check(true, $m->prepend('s', '<'));
    check('<mid>', $m->get('s'));
    check(false, $m->append('none', '>'));
}

function expires(Memcached $m) {
    $m->set('short', 'x', 1);
    $end = microtime(true) + 60;
    while ($m->get('short') !== false) {
        check(true, microtime(true) < $end);
        usleep(50000);
    }
    check(true, $m->set('absolute', 'x', time() + 1000));
    check('x', $m->get('absolute'));
}

function administration(Memcached $m) {
    global $port;
    $stats = $m->getStats()["127.0.0.1:$port"];
    check(true, $stats['curr_items'] > 0);
    check(true, $stats['version'] === $m->getVersion()["127.0.0.1:$port"]);
}

foreach ([false, true] as $binary) {
    $m = connect($binary);
    basics($m);
    counts($m, $binary);
    several($m);
    compareAndSet($m);
    expires($m);
    administration($m);
    $plain = connect($binary, [Memcached::OPT_COMPRESSION => false]);
    concatenates($plain);
    check(false, $plain->set('huge', str_repeat('x', 1100000)));
    check(true, $plain->set('after', 'x'));
    basics(connect($binary, [Memcached::OPT_LIBKETAMA_COMPATIBLE => true, Memcached::OPT_TCP_NODELAY => true]));
    basics(connect($binary, [Memcached::OPT_NO_BLOCK => true, Memcached::OPT_PREFIX_KEY => 'prefix:']));
    $buffered = connect($binary, [Memcached::OPT_BUFFER_WRITES => true]);
    for ($i = 0; $i < 50; $i++) {
        $buffered->set("buffered$i", $i);
    }
    check(49, $buffered->get('buffered49'));
}
echo "ok\n";
