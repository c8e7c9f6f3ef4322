package dev.onward.bench.environment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ids of the sessions that the SQL files create: {@code md5(name)::uuid::text}. So they need not be read from the
 * database, and they are distributed over the index as randomly as real ones.
 */
public final class SessionIds {
    private SessionIds() {}

    /** Random ids of the loaded sessions 1 to {@code sessions}; only completed ones, which no cleanup deletes. */
    public static List<String> loaded(long sessions, int count, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToObj(_ -> of("session-" + (10 * random.nextLong(sessions / 10) + 2 + random.nextInt(8))))
                .toList();
    }

    /** The ids of a pool of open sessions. */
    public static Stream<String> opened(String pool, int clients, int each) {
        return IntStream.range(0, clients)
                .boxed()
                .flatMap(client -> IntStream.rangeClosed(1, each).mapToObj(n -> of(pool + "-" + client + "-" + n)));
    }

    public static String of(String name) {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8)));
            return String.join(
                    "-",
                    hex.substring(0, 8),
                    hex.substring(8, 12),
                    hex.substring(12, 16),
                    hex.substring(16, 20),
                    hex.substring(20));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
