package dev.onward.bench.environment;

import java.util.Map;

/** A database with sessions. */
public record SessionTable(PostgresInstance postgres, String name, SqlFiles resources, long sessions) {

    public String url() {
        return postgres.url(name);
    }

    /** Restores the table to its loaded sessions. */
    public void reset() {
        postgres.file(name, resources.file("empty.sql"), Map.of());
        load(1, sessions);
        settle();
    }

    public void load(long from, long to) {
        postgres.file(name, resources.file("load.sql"), Map.of("from", from, "to", to));
    }

    /** Opens a pool of sessions; {@link SessionIds#opened} returns their ids. */
    public void open(String pool, int clients, int each) {
        postgres.file(name, resources.file("open.sql"), Map.of("pool", pool, "clients", clients, "each", each));
        settle();
    }

    public void run(String script, Map<String, ?> variables) {
        postgres.file(name, resources.file(script), variables);
    }

    /** Finishes the work that loading leaves to autovacuum, so that it does not run during a measurement. */
    public void settle() {
        postgres.sql(name, "VACUUM ANALYZE");
        postgres.sql(name, "CHECKPOINT");
    }
}
