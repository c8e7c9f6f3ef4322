package dev.onward.schema.validator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Optional;

/** A regular expression of a schema. It runs in linear time. */
public final class LinearPattern {

    /**
     * A feature that RE2 lacks.
     *
     * @param form its beginning
     * @param problem its name and a replacement
     */
    private record Unsupported(java.util.regex.Pattern form, String problem) {
        private static Unsupported of(String form, String problem) {
            return new Unsupported(java.util.regex.Pattern.compile(form), problem);
        }
    }

    private static final List<Unsupported> UNSUPPORTED = List.of(
            Unsupported.of(
                    "^\\(\\?=",
                    "has a look-ahead (?=, which RE2 does not support: write each condition as its own pattern, such as"
                            + " allOf: [{pattern: '[0-9]'}, {pattern: '[a-z]'}]"),
            Unsupported.of(
                    "^\\(\\?!",
                    "has a negative look-ahead (?!, which RE2 does not support: write what must not match beside it,"
                            + " such as not: {pattern: '^admin'}"),
            Unsupported.of(
                    "^\\(\\?<=",
                    "has a look-behind (?<=, which RE2 does not support: also match the text before, or add a second"
                            + " pattern under allOf"),
            Unsupported.of(
                    "^\\(\\?<!",
                    "has a negative look-behind (?<!, which RE2 does not support: write what must not match beside the"
                            + " pattern, such as not: {pattern: 'xy'}"),
            Unsupported.of(
                    "^\\\\(?:[1-9]|k<)",
                    "has a backreference, which RE2 does not support: write out the allowed texts, or compare"
                            + " them in your product"));

    private LinearPattern() {}

    /** Why a pattern cannot be used; empty if it can. */
    public static Optional<String> problemOf(String pattern) {
        String re2 = EcmaPattern.toRe2(pattern);
        if (!PatternSize.isFit(pattern, re2)) {
            return Optional.of("is too large after expanding its repetitions: write it differently");
        }
        try {
            Pattern.compile(re2);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(unsupported(pattern)
                    .orElse("is not supported by RE2 (" + e.getDescription() + "): write it differently"));
        }
    }

    /** Ignores text in a character class or after a backslash. */
    private static Optional<String> unsupported(String pattern) {
        boolean inClass = false;
        for (int at = 0; at < pattern.length(); at++) {
            String rest = pattern.substring(at);
            if (!inClass) {
                Optional<String> problem = UNSUPPORTED.stream()
                        .filter(one -> one.form().matcher(rest).find())
                        .map(Unsupported::problem)
                        .findFirst();
                if (problem.isPresent()) {
                    return problem;
                }
            }
            switch (pattern.charAt(at)) {
                case '\\' -> at++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** Also called for answers, which the format {@code regex} compiles. */
    public static RegularExpression compile(String pattern) {
        String re2 = EcmaPattern.toRe2(pattern);
        if (!PatternSize.isFit(pattern, re2)) {
            throw new PatternSyntaxException("too large", pattern);
        }
        Pattern compiled = Pattern.compile(re2);
        return text -> compiled.matcher(text).find();
    }
}
