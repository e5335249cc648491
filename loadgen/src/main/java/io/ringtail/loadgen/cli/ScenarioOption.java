package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.proxy.FaultProxy;
import io.ringtail.loadgen.run.LoadRun;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Outcome;
import io.ringtail.loadgen.scenario.Scenario;
import io.ringtail.loadgen.scenario.ScenarioException;
import io.ringtail.loadgen.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Servers as they are, or each behind a proxy that a scenario commands. Filled by picocli. */
final class ScenarioOption {
    // @formatter:off
    @Option(names = "--scenario", paramLabel = "<file>",
            description = "carry out the timed steps of this YAML file; the exit code is 1 where"
                    + " its expectations do not hold")
    private @Nullable Path file;
    // @formatter:on

    /** Servers that answer, and what happens to them. */
    record Network(List<Server> servers, List<FaultProxy> proxies, @Nullable Scenario scenario)
            implements AutoCloseable {
        /** Runs a load to its end, with the scenario's steps where there is one. */
        List<Outcome> around(LoadRun run, Monitor monitor, Consumer<String> said) throws Exception {
            if (scenario == null) {
                run.run();
                return List.of();
            }
            return new ScenarioRun(scenario, proxies, monitor, said).around(run, run::run);
        }

        @Override
        public void close() throws IOException {
            for (var proxy : proxies) {
                proxy.close();
            }
        }
    }

    Network network(List<String> names, double waitSeconds, LoadOptions options)
            throws CommandFailure, IOException {
        var addresses = ServerList.parse(names);
        var scenario = scenario(addresses.size(), options);
        var servers = new ArrayList<Server>();
        var proxies = new ArrayList<FaultProxy>();
        for (var name : addresses) {
            var address = ServerList.await(name, waitSeconds);
            if (scenario != null) {
                var proxy = new FaultProxy(address, options.seed + proxies.size());
                proxies.add(proxy);
                address = proxy.address();
            }
            servers.add(ServerList.server(name, address, options.breaker()));
        }
        return new Network(List.copyOf(servers), List.copyOf(proxies), scenario);
    }

    private @Nullable Scenario scenario(int servers, LoadOptions options) throws CommandFailure {
        if (file == null) {
            return null;
        }
        try {
            var scenario = Scenario.read(file, servers);
            options.duration = scenario.durationSeconds();
            return scenario;
        } catch (ScenarioException e) {
            throw CommandFailure.usage("--scenario: " + e.getMessage());
        }
    }
}
