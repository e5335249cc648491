# Cache::Memcached: the text protocol, with flags for what it serialized and packed.
use strict;
use warnings;
use Cache::Memcached;
use Time::HiRes qw(sleep time);

sub check {
    my ($expected, $actual) = @_;
    my $e = defined $expected ? $expected : 'undef';
    my $a = defined $actual ? $actual : 'undef';
    die "expected $e, got " . substr($a, 0, 200) . " at line " . (caller)[2] . "\n" if $e ne $a;
}

my $cache = Cache::Memcached->new({servers => ["127.0.0.1:$ARGV[0]"], connect_timeout => 60,
    select_timeout => 60, compress_threshold => 10_000});
check(1, $cache->flush_all);
check(undef, $cache->get('a'));
check(1, $cache->set('a', 'one'));
check('one', $cache->get('a'));
check('', $cache->add('a', 'two') || '');
check(1, $cache->add('b', 'two'));
check(1, $cache->replace('b', 'three'));
check('', $cache->replace('none', 'three') || '');
check(1, $cache->append('b', '>'));
check(1, $cache->prepend('b', '<'));
check('<three>', $cache->get('b'));
check(1, $cache->delete('a'));
check('', $cache->delete('a') || '');

check(1, $cache->set('n', 10));
check(13, $cache->incr('n', 3));
check(12, $cache->decr('n'));
check('0', $cache->decr('n', 100) + 0);
check(undef, $cache->incr('none'));

check(1, $cache->set('object', {list => [1, 2], text => "t\xe9xt"}));
check(2, $cache->get('object')->{list}[1]);
check(1, $cache->set('packed', 'x' x 2_000_000));
check('x' x 2_000_000, $cache->get('packed'));
$cache->enable_compress(0);
check(1, $cache->set('large', "\0\r\n" x 300_000));
check("\0\r\n" x 300_000, $cache->get('large'));
check('', $cache->set('huge', 'x' x 1_100_000) || '');
check('<three>', $cache->get('b'));

$cache->set("many$_", $_ * $_) for 0 .. 299;
my $found = $cache->get_multi(map { "many$_" } 0 .. 310);
check(300, scalar keys %$found);
check(289, $found->{many17});

check(1, $cache->set('short', 'x', 1));
my $end = time + 60;
while (defined $cache->get('short')) {
    check(1, time < $end ? 1 : 0);
    sleep 0.05;
}
check(1, $cache->set('absolute', 'x', int(time) + 1000));
check('x', $cache->get('absolute'));

my $stats = $cache->stats(['misc', 'items', 'slabs', 'settings', 'sizes']);
my ($host) = values %{$stats->{hosts}};
check(1, $host->{misc}{curr_items} > 0 ? 1 : 0);
check(1, $host->{misc}{rusage_user} =~ /^\d+\.\d{6}$/ ? 1 : 0);
$cache->disconnect_all;
print "ok\n";
