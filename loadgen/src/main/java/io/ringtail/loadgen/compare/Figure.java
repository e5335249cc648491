package io.ringtail.loadgen.compare;

/** What is compared; the order is that of the report. */
public enum Figure {
    RATE("operations a second"), SERVER_CPU("server CPU us/operation"), P50("p50 us"),
    P99("p99 us"), P999("p99.9 us");

    private final String text;

    Figure(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
