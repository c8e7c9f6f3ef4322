package dev.onward.bench;

import java.util.Map;

/** A database with sessions in it. */
record SessionTable(PostgresInstance postgres, String name, Resources resources, long sessions) {

    String url() {
        return postgres.url(name);
    }

    /** As it was in the beginning: the sessions that were loaded, and nothing else. */
    void reset() {
        postgres.file(name, resources.file("empty.sql"), Map.of());
        load(1, sessions);
        settle();
    }

    void load(long from, long to) {
        postgres.file(name, resources.file("load.sql"), Map.of("from", from, "to", to));
    }

    /** Opens a pool of sessions; {@link SessionIds#opened} names them. */
    void open(String pool, int clients, int each) {
        postgres.file(name, resources.file("open.sql"), Map.of("pool", pool, "clients", clients, "each", each));
        settle();
    }

    void run(String script, Map<String, ?> variables) {
        postgres.file(name, resources.file(script), variables);
    }

    /** What loading left to do is not done while something is measured. */
    void settle() {
        postgres.sql(name, "VACUUM ANALYZE");
        postgres.sql(name, "CHECKPOINT");
    }
}
