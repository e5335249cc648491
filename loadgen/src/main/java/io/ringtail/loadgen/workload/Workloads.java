package io.ringtail.loadgen.workload;

import io.ringtail.loadgen.workload.Popularity.Change;
import io.ringtail.loadgen.workload.Popularity.Scan;
import java.util.List;
import java.util.Optional;

/**
 * The built-in workloads, for caches of some 64 MiB. Exponents, sizes, shares of operations and
 * of keys asked for once are those that Yang, Yue and Rashmi (OSDI 2020) measured in the named
 * clusters of Twitter's caches, published with their traces (2020Mar, CC BY). Numbers of keys
 * are chosen so that caches of that size miss now and then, and times to live are shortened as the
 * caches are; how popularity passes on, and scans, are not in the published figures.
 */
public final class Workloads {
    private static final List<WorkloadShape> ALL = List.of(
            new WorkloadShape("wave", "cluster 34: Zipf 1.14, get 94 %, set 6 %, 33 + 322 bytes",
                    new Popularity(600_000, 1.1401, new Change(Change.Kind.WAVE, 12_000_000), 0,
                            Scan.NONE),
                    new Mix(0.06, 0), new Sizes(33, 322, 0.5), Lifetime.FOR_EVER),
            new WorkloadShape("renewal",
                    "cluster 19: Zipf 0.735, get 75 %, set 25 %, 42 + 101 bytes, 21 % first reads",
                    new Popularity(500_000, 0.735, new Change(Change.Kind.RENEWAL, 6_000_000),
                            0.016, Scan.NONE),
                    new Mix(0.25, 0), new Sizes(42, 101, 0.5), Lifetime.FOR_EVER),
            new WorkloadShape("once",
                    "cluster 45: Zipf 0.637, get 85 %, add 15 %, 10 + 120 bytes, 17 % once",
                    new Popularity(500_000, 0.6372, Change.NONE, 0.17, Scan.NONE), new Mix(0, 0),
                    new Sizes(10, 120, 0.5), Lifetime.FOR_EVER),
            new WorkloadShape("scan", "cluster 52: Zipf 1.21, get 93 %, 20 + 273 bytes",
                    new Popularity(1_000_000, 1.2117, Change.NONE, 0.006,
                            new Scan(1_000_000, 150_000)),
                    new Mix(0.06, 0), new Sizes(20, 273, 0.5), Lifetime.FOR_EVER),
            new WorkloadShape("short-ttl",
                    "cluster 7: Zipf 1.07, get 82 %, set 18 %, 17 + 1936 bytes, 1.6 to 2 h",
                    new Popularity(400_000, 1.0666, Change.NONE, 0, Scan.NONE), new Mix(0.18, 0),
                    new Sizes(17, 1936, 0.5),
                    List.of(new Lifetime(0.41, 8), new Lifetime(0.59, 9))),
            new WorkloadShape("mixed-ttl",
                    "cluster 4: Zipf 1.10, get 93 %, set 7 %, 67 + 2439 bytes, 60 s to 4 h",
                    new Popularity(200_000, 1.1004, Change.NONE, 0, Scan.NONE), new Mix(0.07, 0),
                    new Sizes(67, 2439, 0.5),
                    List.of(new Lifetime(0.39, 2), new Lifetime(0.36, 6), new Lifetime(0.16, 60),
                            new Lifetime(0.09, 240))),
            new WorkloadShape("write-heavy",
                    "cluster 41: Zipf 0.854, get 50 %, set 50 %, 44 + 171 bytes",
                    new Popularity(800_000, 0.8542, Change.NONE, 0, Scan.NONE), new Mix(0.5, 0),
                    new Sizes(44, 171, 0.5), Lifetime.FOR_EVER),
            new WorkloadShape("small", "cluster 25: Zipf 0.993, get 95 %, 49 + 28 bytes",
                    new Popularity(1_500_000, 0.9929, Change.NONE, 0.001, Scan.NONE),
                    new Mix(0.02, 0), new Sizes(49, 28, 0.4), Lifetime.FOR_EVER),
            new WorkloadShape("large", "cluster 53: Zipf 1.21, get 89 %, 36 + 9213 bytes",
                    new Popularity(200_000, 1.2061, Change.NONE, 0.005, Scan.NONE),
                    new Mix(0.12, 0), new Sizes(36, 9213, 0.7), Lifetime.FOR_EVER),
            new WorkloadShape("sessions",
                    "cluster 48: Zipf 0.819, get 65 %, set 35 %, 44 + 70 bytes, 13 % of steps once",
                    new Popularity(600_000, 0.8191, new Change(Change.Kind.RENEWAL, 30_000_000),
                            0.125, Scan.NONE),
                    new Mix(0.35, 0), new Sizes(44, 70, 0.5), Lifetime.FOR_EVER));

    private Workloads() {}

    public static List<WorkloadShape> all() {
        return ALL;
    }

    public static Optional<WorkloadShape> named(String name) {
        return ALL.stream().filter(shape -> shape.name().equals(name)).findFirst();
    }
}
