<?php
// The owners of KEYS keys, as php-memcached's libketama-compatible mode gives them; one letter for
// each key. Arguments: KEYS, then HOST:PORT:WEIGHT for each server.
$client = new Memcached();
$client->setOption(Memcached::OPT_LIBKETAMA_COMPATIBLE, true);
$letters = [];
foreach (array_slice($argv, 2) as $number => $server) {
    [$host, $port, $weight] = explode(':', $server);
    $client->addServer($host, (int) $port, (int) $weight);
    $letters["$host:$port"] = chr(ord('A') + $number);
}
for ($number = 0; $number < (int) $argv[1]; $number++) {
    $server = $client->getServerByKey("user:$number");
    echo $letters[$server['host'] . ':' . $server['port']];
}
echo "\n";
