package dev.onward.schema.validator;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.format.Formats;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The formats of JSON Schema 2020-12. They are asserted; any other name has no effect, as the standard requires. */
public final class StandardFormats {
    /** Longer text is rejected before its format is checked. */
    private static final int MAX_LENGTH = 2_048;

    private static final Map<String, Integer> SHORTER =
            Map.of("hostname", 253, "idn-hostname", 253, "email", 320, "idn-email", 320);

    public static final Set<String> NAMES = Set.of(
            "date-time",
            "date",
            "time",
            "duration",
            "email",
            "idn-email",
            "hostname",
            "idn-hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "iri",
            "iri-reference",
            "uuid",
            "uri-template",
            "json-pointer",
            "relative-json-pointer",
            "regex");

    private static final String HEX = "%[0-9A-Fa-f]{2}";
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final String POINTER = "(?:/(?:[^/~]|~[01])*)*";
    private static final String NAME = "(?:\\w|" + HEX + ")(?:\\.?(?:\\w|" + HEX + "))*";
    private static final String VARIABLE = NAME + "(?::[1-9][0-9]{0,3}|\\*)?";

    /** Replacements for the library's patterns, which overflow the stack for long text. */
    private static final Map<String, String> LINEAR = Map.of(
            "hostname",
            LABEL + "(?:\\." + LABEL + ")*",
            "json-pointer",
            POINTER,
            "relative-json-pointer",
            "(?:0|[1-9][0-9]*)(?:#|" + POINTER + ")",
            "uri-template",
            "(?:[^\\x00-\\x20\\x7F\"'%<>\\\\^`{|}]|" + HEX + "|\\{[+#./;?&=,!@|]?" + VARIABLE + "(?:," + VARIABLE
                    + ")*\\})*");

    private StandardFormats() {}

    /** The formats by name. Text that is too long is rejected before its format is checked. */
    public static Map<String, Format> all() {
        Map<String, Format> formats = new TreeMap<>();
        for (Format format : Formats.DEFAULT) {
            if (NAMES.contains(format.getName())) {
                formats.put(format.getName(), new Bounded(format));
            }
        }
        LINEAR.forEach((name, pattern) -> formats.put(name, new Bounded(Linear.of(name, pattern))));
        formats.put("email", new Bounded(new Email("email")));
        formats.put("idn-email", new Bounded(new Email("idn-email")));
        return formats;
    }

    /** The maximum number of characters for a format. */
    public static int maxLength(String format) {
        return SHORTER.getOrDefault(format, MAX_LENGTH);
    }

    public static boolean isTooLong(String format, String text) {
        return text.length() > maxLength(format);
    }

    /** Both names accept addresses of every script, because people do not know which kind they have. */
    private record Email(String name) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return EmailAddress.isValid(value);
        }
    }

    private record Linear(String name, Pattern pattern) implements Format {
        private static Linear of(String name, String pattern) {
            return new Linear(name, Pattern.compile(pattern, Pattern.DOTALL));
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return pattern.matches(value);
        }
    }

    private record Bounded(Format format) implements Format {
        @Override
        public String getName() {
            return format.getName();
        }

        @Override
        public String getMessageKey() {
            return format.getMessageKey();
        }

        @Override
        public boolean matches(ExecutionContext context, SchemaContext schema, String value) {
            return !isTooLong(getName(), value) && format.matches(context, schema, value);
        }
    }
}
