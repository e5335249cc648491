package io.ringtail.loadgen.stats;

/** What is timed apart, and its name in metrics and reports. */
public enum Measure {
    GET("get"), SET("set"), DELETE("delete"), INCREMENT("incr"), TOUCH("touch");

    private final String text;

    Measure(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
