package io.ringtail.loadgen.report;

import java.util.List;
import java.util.Locale;

/** Lines over time as an SVG picture: an axis from zero to a round number, seconds below. */
final class LineChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 220;
    private static final int LEFT = 70;
    private static final int RIGHT = 24;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;
    private static final int GRID_LINES = 4;
    private static final int TIME_MARKS = 6;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /**
     * One line.
     *
     * @param style the class that colours it
     */
    record Line(String name, String style, List<Double> values) {}

    private final List<Double> times;
    private final List<Line> lines;
    private final double top;
    private final StringBuilder svg = new StringBuilder();

    private LineChart(List<Double> times, List<Line> lines) {
        this.times = times;
        this.lines = lines;
        this.top = roundAbove(lines.stream()
                .flatMap(it -> it.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0));
    }

    /** Values at these seconds. */
    static String of(List<Double> times, List<Line> lines) {
        return new LineChart(times, lines).draw();
    }

    private static double roundAbove(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : ROUND) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private String draw() {
        add("<svg viewBox='0 0 %d %d' role='img'>", WIDTH, HEIGHT);
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = top * i / GRID_LINES;
            add("<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>", LEFT, WIDTH - RIGHT,
                    y(value), y(value));
            add("<text class='mark' x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 6,
                    y(value) + 4, number(value));
        }
        double last = times.isEmpty() ? 1 : times.getLast();
        double step = roundAbove(last / TIME_MARKS);
        for (int i = 0; i * step <= last; i++) {
            double seconds = i * step;
            add("<text class='mark' x='%.1f' y='%d' text-anchor='middle'>%s s</text>", x(seconds),
                    HEIGHT - 8, number(seconds));
        }
        lines.forEach(this::draw);
        svg.append("</svg><p class='legend'>");
        for (var line : lines) {
            add("<span class='%s'>%s</span> ", line.style(), line.name());
        }
        return svg.append("</p>").toString();
    }

    private void draw(Line line) {
        add("<polyline class='%s' points='", line.style());
        for (int i = 0; i < times.size(); i++) {
            add("%.1f,%.1f ", x(times.get(i)), y(line.values().get(i)));
        }
        svg.append("'/>");
        if (times.size() == 1) {
            add("<circle class='%s' r='3' cx='%.1f' cy='%.1f'/>", line.style(), x(times.getFirst()),
                    y(line.values().getFirst()));
        }
    }

    private double x(double seconds) {
        double last = times.isEmpty() || times.getLast() <= 0 ? 1 : times.getLast();
        return LEFT + (WIDTH - LEFT - RIGHT) * seconds / last;
    }

    private double y(double value) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    }

    static String number(double value) {
        if (value >= 1e6) {
            return text("%.4g M", value / 1e6).replaceAll("\\.?0+ M", " M");
        }
        return value == Math.rint(value) ? text("%,.0f", value)
                : text("%.4f", value).replaceAll("0+$", "");
    }

    private void add(String format, Object... values) {
        svg.append(text(format, values));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
