package dev.onward.server.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of the database. {@code toString} never contains a password. */
public sealed interface DatabaseUrl {
    /** The valid forms, to complete the sentence "It must be …". */
    String RULE = "sqlite:FILE, such as sqlite:./data/onward.db or sqlite:~/onward.db,"
            + " or postgresql://user[:password]@host[:port]/database[?parameters],"
            + " or postgresql://?service=NAME";

    /** An SQLite database in a file, which need not exist yet. */
    record Sqlite(Path file) implements DatabaseUrl {
        @Override
        public boolean holdsPassword() {
            return false;
        }

        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param hosts one or more hosts, each with an optional port, in the driver's syntax; empty if a service names them
     * @param database empty if a service names it
     * @param properties the driver's properties, with user and password
     */
    record Postgres(String hosts, String database, Map<String, String> properties) implements DatabaseUrl {
        private static final Pattern FORM = Pattern.compile(
                "postgres(?:ql)?://(?:([^:@/?]+)(?::([^@/?]*))?@)?([^@/?]*)(?:/([^@/?]*))?(?:\\?(.*))?");
        private static final String SERVICE = "service";
        private static final Set<String> PASSWORDS = Set.of("password", "sslpassword");

        public Postgres {
            properties = Map.copyOf(properties);
        }

        static Optional<DatabaseUrl> parse(String url) {
            Matcher parts = FORM.matcher(url);
            if (!parts.matches()) {
                return Optional.empty();
            }
            Map<String, String> properties = new TreeMap<>();
            Optional.ofNullable(parts.group(1)).ifPresent(user -> properties.put("user", decoded(user)));
            Optional.ofNullable(parts.group(2)).ifPresent(password -> properties.put("password", decoded(password)));
            for (String parameter :
                    Optional.ofNullable(parts.group(5)).orElse("").split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                if (pair.length == 2) {
                    properties.put(decoded(pair[0]), decoded(pair[1]));
                } else if (!parameter.isEmpty()) {
                    return Optional.empty();
                }
            }
            String database = decoded(Optional.ofNullable(parts.group(4)).orElse(""));
            Postgres parsed = new Postgres(parts.group(3), database, properties);
            return Optional.<DatabaseUrl>of(parsed).filter(_ -> parsed.complete());
        }

        private boolean complete() {
            return hosts.isEmpty() ? database.isEmpty() && service().isPresent() : !database.isEmpty();
        }

        /** The entry in the connection service file (PGSERVICEFILE) that completes this address. */
        public Optional<String> service() {
            return Optional.ofNullable(properties.get(SERVICE));
        }

        /** Decodes percent escapes only; a plus sign stays. */
        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** The driver's URL, without user, password and parameters. The driver reads a service only from the URL. */
        public String jdbcUrl() {
            String named = service()
                    .map(service -> "?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8))
                    .orElse("");
            return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8) + named;
        }

        @Override
        public boolean holdsPassword() {
            return PASSWORDS.stream().anyMatch(properties::containsKey);
        }

        /** The same database at another address, as text without a password. */
        public String at(String otherHosts) {
            String user = properties.containsKey("user") ? properties.get("user") + "@" : "";
            String named = service().map(service -> "?service=" + service).orElse("");
            return "postgresql://" + user + otherHosts + (database.isEmpty() ? "" : "/" + database) + named;
        }

        @Override
        public String toString() {
            return at(hosts);
        }
    }

    /** Whether the address contains a password. */
    boolean holdsPassword();

    /** Parses an address with the home folder of this process. */
    static Optional<DatabaseUrl> parse(String text) {
        return parse(text, HomeFolder.of(System.getenv()));
    }

    /**
     * Parses an address, with or without {@code jdbc:}; empty if it is invalid.
     *
     * @param home the folder that {@code ~/} means
     */
    static Optional<DatabaseUrl> parse(String text, HomeFolder home) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        try {
            return url.startsWith("sqlite:") ? sqlite(url.substring("sqlite:".length()), home) : Postgres.parse(url);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<DatabaseUrl> sqlite(String file, HomeFolder home) {
        boolean noFile =
                file.isBlank() || file.equals("~") || file.endsWith("/") || file.startsWith(":") || file.contains("?");
        // Other programs interpret the number of slashes in different ways, so the meaning of two would be a guess.
        if (noFile || file.startsWith("//")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Sqlite(home.path(file).toAbsolutePath().normalize()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
