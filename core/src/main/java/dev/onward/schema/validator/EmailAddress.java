package dev.onward.schema.validator;

import com.networknt.schema.format.IPv6Format;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * E-mail addresses as in RFC 5321 and RFC 6531. There is no list of top-level domains, because host names of an
 * intranet are valid too.
 */
final class EmailAddress {
    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_DOMAIN = 253;

    /** Letters of every script, without white space and control characters. */
    private static final String BEYOND_ASCII = "[^\\x{0}-\\x{7F}\\p{Z}\\p{Cc}]";

    private static final String ATOM = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|" + BEYOND_ASCII + ")+";
    private static final Pattern DOT_ATOM = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[ !#-\\[\\]-~]|" + BEYOND_ASCII + "|\\\\[ -~])*\"");

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    private static final String IPV6_TAG = "IPv6:";

    private static final String LETTER = "[\\p{L}\\p{M}\\p{N}]";
    private static final String LABEL = LETTER + "(?:[\\p{L}\\p{M}\\p{N}-]{0,61}" + LETTER + ")?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

    private EmailAddress() {}

    static boolean isValid(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && isLocalPart(text.substring(0, at)) && isHost(text.substring(at + 1));
    }

    private static boolean isLocalPart(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_PART
                && (DOT_ATOM.matcher(text).matches() || QUOTED.matcher(text).matches());
    }

    private static boolean isHost(String text) {
        return (text.startsWith("[") && text.endsWith("]"))
                ? isAddressLiteral(text.substring(1, text.length() - 1))
                : isDomain(text);
    }

    private static boolean isAddressLiteral(String text) {
        return text.startsWith(IPV6_TAG)
                ? IPv6Format.PATTERN.matcher(text.substring(IPV6_TAG.length())).matches() && !text.contains("%")
                : IPV4.matcher(text).matches();
    }

    private static boolean isDomain(String text) {
        return text.length() <= MAX_DOMAIN && DOMAIN.matcher(text).matches();
    }
}
