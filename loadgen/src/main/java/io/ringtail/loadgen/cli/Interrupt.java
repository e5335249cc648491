package io.ringtail.loadgen.cli;

import java.util.ArrayList;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** While it is open, Ctrl-C and SIGTERM end what runs instead of the process. */
final class Interrupt implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private record Kept(Signal signal, SignalHandler handler) {}

    private final List<Kept> kept = new ArrayList<>();

    Interrupt(Runnable action) {
        for (var name : NAMES) {
            try {
                var signal = new Signal(name);
                kept.add(new Kept(signal, Signal.handle(signal, it -> action.run())));
            } catch (IllegalArgumentException e) {
                // The virtual machine keeps this signal for itself (-Xrs): its default holds.
            }
        }
    }

    @Override
    public void close() {
        kept.forEach(it -> Signal.handle(it.signal(), it.handler()));
    }
}
