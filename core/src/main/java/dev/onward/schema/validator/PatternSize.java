package dev.onward.schema.validator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a regular expression after expanding its counted repetitions. A pattern of thirty characters can expand
 * to a billion, which takes all memory before it matches anything.
 */
final class PatternSize {
    /** Patterns of this size match an answer of maximum length within a second. */
    private static final long MAX_SIZE = 2_000;

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?}");
    private static final Pattern CLASS =
            Pattern.compile("\\[\\^?]?(?:\\[:\\^?[a-z]+:]|\\\\.|[^]\\\\])*+]", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[pPx]\\{[^}]*}|.)", Pattern.DOTALL);

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long size;
    private long last;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Whether a pattern can be compiled and run safely.
     *
     * @param pattern the original pattern
     * @param re2 the pattern in RE2's syntax
     */
    static boolean isFit(String pattern, String re2) {
        return pattern.codePointCount(0, pattern.length()) <= MAX_LENGTH && new PatternSize(re2).measure() <= MAX_SIZE;
    }

    private long measure() {
        int at = 0;
        while (at < pattern.length()) {
            at = switch (pattern.charAt(at)) {
                case '[' -> atom(end(CLASS, at));
                case '\\' -> atom(end(ESCAPE, at));
                case '{' -> repeat(at);
                case '(' -> open(at);
                case ')' -> close(at);
                default -> atom(at + 1);
            };
        }
        while (!outer.isEmpty()) {
            size = bounded(size + outer.pop());
        }
        return size;
    }

    private int atom(int next) {
        last = 1;
        size = bounded(size + 1);
        return next;
    }

    private int open(int at) {
        outer.push(size);
        size = 1;
        return at + 1;
    }

    private int close(int at) {
        if (!outer.isEmpty()) {
            last = size;
            size = bounded(size + outer.pop());
        }
        return at + 1;
    }

    private int repeat(int at) {
        Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
        if (!count.lookingAt()) {
            return atom(at + 1);
        }
        String maximum = count.group(2);
        long times = Long.parseLong(maximum == null || maximum.isEmpty() ? count.group(1) : maximum);
        long written = bounded(last * Math.max(1, times));
        size = bounded(size - last + written);
        last = written;
        return count.end();
    }

    /** The position after this form, or after one character if the text does not begin with it. */
    private int end(Pattern form, int at) {
        Matcher found = form.matcher(pattern).region(at, pattern.length());
        return found.lookingAt() ? found.end() : at + 1;
    }

    private static long bounded(long number) {
        return Math.min(number, MAX_SIZE + 1);
    }
}
