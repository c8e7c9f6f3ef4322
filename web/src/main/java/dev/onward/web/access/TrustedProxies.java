package dev.onward.web.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxies whose {@code Forwarded} and {@code X-Forwarded-Proto} headers count. */
public record TrustedProxies(List<Network> networks) {
    /** The valid values, to complete the sentence "It must …". */
    public static final String RULE = "be comma-separated addresses or networks, such as 127.0.0.1,10.0.0.0/8; or none";

    private static final String NONE = "none";
    private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** The proxies of this machine. */
    public static final TrustedProxies LOOPBACK = parse("127.0.0.0/8,::1");

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException if the text does not match {@link #RULE} */
    public static TrustedProxies parse(String text) {
        return text.equals(NONE)
                ? new TrustedProxies(List.of())
                : new TrustedProxies(Arrays.stream(text.split(",", -1))
                        .map(part -> network(part.strip()))
                        .toList());
    }

    private static Network network(String text) {
        Matcher parts = NETWORK.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("network");
        }
        InetAddress address = literal(parts.group(1));
        int whole = address.getAddress().length * Byte.SIZE;
        int bits = parts.group(2) == null ? whole : Integer.parseInt(parts.group(2));
        if (bits > whole) {
            throw new IllegalArgumentException("network");
        }
        return new Network(address, bits);
    }

    /** The address of a literal. Brackets enclose IPv6 literals only; names are never looked up. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(IPV4.matcher(text).matches() ? text : "[" + text + "]");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address", e);
        }
    }

    public boolean trust(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }

    /** @param bits how many leading bits an address shares with this one to be in the network */
    public record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            return address instanceof Inet4Address == other instanceof Inet4Address
                    && sharedBits(address.getAddress(), other.getAddress()) >= bits;
        }

        private static int sharedBits(byte[] one, byte[] other) {
            int bytes = Arrays.mismatch(one, other);
            if (bytes < 0) {
                return one.length * Byte.SIZE;
            }
            int difference = (one[bytes] ^ other[bytes]) & 0xff;
            return bytes * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - Byte.SIZE);
        }
    }
}
