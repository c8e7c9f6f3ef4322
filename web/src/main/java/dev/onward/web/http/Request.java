package dev.onward.web.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request as the HTTP library received it. Each adapter implements this interface; nothing else uses the library. One
 * thread uses a request, except for {@link #clientGone}.
 */
public interface Request {
    /**
     * The id of this request in the log. The server generates it, because a client's id could inject text into the log.
     */
    String id();

    /** The method, as sent: {@code GET}. */
    String method();

    /** The path as sent, before decoding, without the query: {@code /api/kblocks/a%2Fb}. */
    String rawPath();

    /** The query as sent, without the question mark; empty if there is none. */
    String rawQuery();

    /** The values of a header, one for each line; the name is case-insensitive. */
    List<String> header(String name);

    /** The remote address: the client, or the proxy closest to this server. */
    Optional<InetAddress> peer();

    /** Whether the request arrived over a TLS connection that ends in this server. */
    boolean secure();

    /**
     * Reads the body; blocks until it has arrived. Called at most once.
     *
     * @param limit the number of bytes that the caller accepts
     * @return the whole body, or its first {@code limit + 1} bytes if it is longer; empty if there is no body
     * @throws RequestAbortedException if the connection ended before the body did
     */
    byte[] readBody(int limit);

    /** Whether the client has closed the connection. Another thread may ask while the request is being answered. */
    boolean clientGone();

    /** The first value of a header. */
    default Optional<String> firstHeader(String name) {
        return header(name).stream().findFirst();
    }

    /** The members of a list header, in one line or several. */
    default List<String> listHeader(String name) {
        return header(name).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** The values of the cookies with this name. */
    default List<String> cookie(String name) {
        return Cookies.values(header(Cookies.HEADER), name);
    }

    /** The names of all cookies. */
    default Set<String> cookieNames() {
        return Cookies.in(header(Cookies.HEADER)).map(Cookies.Cookie::name).collect(Collectors.toUnmodifiableSet());
    }
}
