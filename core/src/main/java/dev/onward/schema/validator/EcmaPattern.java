package dev.onward.schema.validator;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates regular expressions of ECMA-262, which JSON Schema requires, to RE2. Syntax that RE2 does not support
 * stays unchanged, and RE2 rejects it.
 */
final class EcmaPattern {
    /** The characters that {@code \s} matches in ECMA-262: more than in RE2. */
    private static final String SPACES =
            "\\t-\\r\\x{20}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";

    private static final String NO_SPACES = "\\x{0}-\\x{8}\\x{E}-\\x{1F}\\x{21}-\\x{9F}\\x{A1}-\\x{167F}"
            + "\\x{1681}-\\x{1FFF}\\x{200B}-\\x{2027}\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}"
            + "\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}";

    private static final String ANY = "\\x{0}-\\x{10FFFF}";
    private static final String NO_LINE_END = "[^\\n\\r\\x{2028}\\x{2029}]";

    private static final Pattern CODE = Pattern.compile("\\\\u(?:\\{([0-9a-fA-F]{1,8})}|([0-9a-fA-F]{4}))");
    private static final Pattern CONTROL = Pattern.compile("\\\\c([a-zA-Z])");
    private static final Pattern PROPERTY = Pattern.compile(
            "\\\\([pP])\\{(?:(?:gc|General_Category)=([A-Za-z_]+)|(?:sc|Script)=([A-Za-z_]+)|([A-Za-z_]+))}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<(?![=!])[^>]*>");

    /** RE2's quoting syntax; its content is text. */
    private static final Pattern QUOTED = Pattern.compile("\\\\Q.*?(?:\\\\E|$)", Pattern.DOTALL);

    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Combining_Mark", "M"),
            Map.entry("Nonspacing_Mark", "Mn"),
            Map.entry("Spacing_Mark", "Mc"),
            Map.entry("Enclosing_Mark", "Me"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Connector_Punctuation", "Pc"),
            Map.entry("Dash_Punctuation", "Pd"),
            Map.entry("Open_Punctuation", "Ps"),
            Map.entry("Close_Punctuation", "Pe"),
            Map.entry("Initial_Punctuation", "Pi"),
            Map.entry("Final_Punctuation", "Pf"),
            Map.entry("Other_Punctuation", "Po"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Modifier_Symbol", "Sk"),
            Map.entry("Other_Symbol", "So"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Line_Separator", "Zl"),
            Map.entry("Paragraph_Separator", "Zp"),
            Map.entry("Other", "C"),
            Map.entry("Control", "Cc"),
            Map.entry("cntrl", "Cc"),
            Map.entry("Format", "Cf"),
            Map.entry("Private_Use", "Co"));

    private final String pattern;
    private final StringBuilder re2 = new StringBuilder();
    private boolean inClass;

    private EcmaPattern(String pattern) {
        this.pattern = pattern;
    }

    /** The same expression for RE2. */
    static String toRe2(String pattern) {
        return new EcmaPattern(pattern).translate();
    }

    private String translate() {
        int at = 0;
        while (at < pattern.length()) {
            at = switch (pattern.charAt(at)) {
                case '\\' -> escape(at);
                case '[' -> inClass ? copy(at) : openClass(at);
                case ']' -> closeClass(at);
                case '.' -> inClass ? copy(at) : write(NO_LINE_END, at + 1);
                case '(' -> inClass ? copy(at) : group(at);
                default -> copy(at);
            };
        }
        return re2.toString();
    }

    private int copy(int at) {
        re2.append(pattern.charAt(at));
        return at + 1;
    }

    private int write(String text, int next) {
        re2.append(text);
        return next;
    }

    /** An empty class matches nothing, its negation matches anything. */
    private int openClass(int at) {
        if (pattern.startsWith("[]", at)) {
            return write("[^" + ANY + "]", at + 2);
        }
        if (pattern.startsWith("[^]", at)) {
            return write("[" + ANY + "]", at + 3);
        }
        inClass = true;
        return copy(at);
    }

    private int closeClass(int at) {
        inClass = false;
        return copy(at);
    }

    /** Drops a group's name, which is useless without references; ECMA-262 allows more names than RE2. */
    private int group(int at) {
        return found(GROUP_NAME, at).map(name -> write("(?:", name.end())).orElseGet(() -> copy(at));
    }

    private int escape(int at) {
        if (at + 1 == pattern.length()) {
            return copy(at);
        }
        return switch (pattern.charAt(at + 1)) {
            case 'u' -> found(CODE, at).map(code -> code(code, at)).orElseGet(() -> escaped(at));
            case 'c' ->
                found(CONTROL, at)
                        .map(control -> write(character(control.group(1).charAt(0) % 32), control.end()))
                        .orElseGet(() -> escaped(at));
            case 's' -> write(inClass ? SPACES : "[" + SPACES + "]", at + 2);
            case 'S' -> write(inClass ? NO_SPACES : "[^" + SPACES + "]", at + 2);
            case 'b' -> inClass ? write("\\x{8}", at + 2) : escaped(at);
            case 'p', 'P' -> found(PROPERTY, at).map(this::property).orElseGet(() -> escaped(at));
            case 'Q' ->
                found(QUOTED, at)
                        .map(quoted -> write(quoted.group(), quoted.end()))
                        .orElseGet(() -> escaped(at));
            default -> escaped(at);
        };
    }

    private int escaped(int at) {
        return write(pattern.substring(at, at + 2), at + 2);
    }

    private int code(Matcher code, int at) {
        if (code.group(1) != null) {
            return write("\\x{" + code.group(1) + "}", code.end());
        }
        int unit = Integer.parseInt(code.group(2), 16);
        if (Character.isHighSurrogate((char) unit)) {
            Optional<Matcher> low = found(CODE, at + 6).filter(next -> next.group(2) != null);
            int second = low.map(next -> Integer.parseInt(next.group(2), 16)).orElse(0);
            if (Character.isLowSurrogate((char) second)) {
                return write(character(Character.toCodePoint((char) unit, (char) second)), at + 12);
            }
        }
        return write(character(unit), code.end());
    }

    private int property(Matcher property) {
        String category = property.group(2) == null ? property.group(4) : property.group(2);
        String name = category == null ? property.group(3) : CATEGORIES.getOrDefault(category, category);
        return write("\\" + property.group(1) + "{" + name + "}", property.end());
    }

    private Optional<Matcher> found(Pattern form, int at) {
        Matcher matcher = form.matcher(pattern).region(at, pattern.length());
        return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
    }

    private static String character(int codePoint) {
        return "\\x{" + Integer.toHexString(codePoint) + "}";
    }
}
