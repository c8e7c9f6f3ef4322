package dev.onward.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plain values (maps, lists, text, numbers, booleans, null) with their numbers in one form. Callers of the Java API
 * send numbers of any type; JSON text has only one.
 */
public final class PlainValues {
    /** Values at a greater depth are returned unchanged; no valid answer is as deep. */
    private static final int MAX_DEPTH = 64;

    /** Larger powers of ten are not written as digits. */
    private static final int MAX_EXPONENT = 1_000;

    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private PlainValues() {}

    /**
     * The value with each number in the type that {@link Json#read} returns for it: the smallest of {@code Integer},
     * {@code Long} and {@code BigInteger}, or {@code BigDecimal}. No digit is lost or added: 5.0 stays 5.0.
     */
    public static Object normalized(Object value) {
        return mapped(value, PlainValues::asRead, 0);
    }

    /** A value that equals that of another value exactly if both contain the same numbers, however they are written. */
    public static Object comparable(Object value) {
        return mapped(value, number -> asRead(withoutTrailingZeros(asRead(number))), 0);
    }

    private static Object mapped(Object value, UnaryOperator<Number> number, int depth) {
        return switch (value) {
            case Number found -> number.apply(found);
            case Map<?, ?> fields
            when depth < MAX_DEPTH -> {
                Map<String, @Nullable Object> mapped = new LinkedHashMap<>();
                fields.forEach((name, field) ->
                        mapped.put(String.valueOf(name), field == null ? null : mapped(field, number, depth + 1)));
                yield mapped;
            }
            case List<?> items
            when depth < MAX_DEPTH -> {
                List<@Nullable Object> mapped = new ArrayList<>(items.size());
                items.forEach(item -> mapped.add(item == null ? null : mapped(item, number, depth + 1)));
                yield mapped;
            }
            default -> value;
        };
    }

    private static Number asRead(Number number) {
        return switch (number) {
            case Integer known -> known;
            case Byte small -> small.intValue();
            case Short small -> small.intValue();
            case Long whole -> smallest(whole);
            case BigInteger whole -> smallest(whole);
            case BigDecimal decimal -> decimal.scale() == 0 ? smallest(decimal.unscaledValue()) : decimal;
            default -> parsed(number);
        };
    }

    /** All other types have an exact text. A value that is no finite number stays unchanged. */
    private static Number parsed(Number number) {
        try {
            return asRead(new BigDecimal(number.toString()));
        } catch (NumberFormatException e) {
            return number;
        }
    }

    private static Number smallest(BigInteger whole) {
        return whole.compareTo(MIN_LONG) >= 0 && whole.compareTo(MAX_LONG) <= 0 ? smallest(whole.longValue()) : whole;
    }

    private static Number smallest(long whole) {
        if (whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE) {
            return (int) whole;
        }
        return whole;
    }

    private static Number withoutTrailingZeros(Number number) {
        if (!(number instanceof BigDecimal decimal)) {
            return number;
        }
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() < 0 && stripped.scale() >= -MAX_EXPONENT ? stripped.setScale(0) : stripped;
    }
}
