package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.preset.ValueSizes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Lengths of values as people write them: {@code 100}, {@code 10-1000} (evenly), {@code
 * 100:90,1000:9,10000:1} (by weight), {@code lognormal:MEAN,SIGMA}.
 */
final class ValueSizeOption implements ITypeConverter<ValueSizes> {
    private static final int MAX_BYTES = 64 << 20;
    private static final String LOG_NORMAL = "lognormal:";

    @Override
    public ValueSizes convert(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a value size: write 100, "
                    + "10-1000, 100:90,1000:10 or lognormal:300,0.5");
        }
    }

    private static ValueSizes parse(String text) {
        if (text.startsWith(LOG_NORMAL)) {
            var parts = text.substring(LOG_NORMAL.length()).split(",", -1);
            return ValueSizes.logNormal(bytes(parts[0]), Double.parseDouble(parts[1]));
        }
        if (text.contains(":")) {
            return weighted(text);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return ValueSizes.fixed(bytes(text));
        }
        return ValueSizes.uniform(bytes(text.substring(0, dash)), bytes(text.substring(dash + 1)));
    }

    private static ValueSizes weighted(String text) {
        List<Integer> sizes = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (var part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            sizes.add(bytes(part.substring(0, colon)));
            weights.add(Double.valueOf(part.substring(colon + 1)));
        }
        return ValueSizes.weighted(sizes, weights);
    }

    private static int bytes(String text) {
        int bytes = Integer.parseInt(text.strip());
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes=" + bytes);
        }
        return bytes;
    }
}
