package dev.onward.testing;

import java.util.List;

/** A database's schema, as its own catalog describes it. */
public final class SchemaCatalog {
    private static final String SQLITE = """
            SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '')
                || ' ' || c.pk
            FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name LIKE 'onboarding%'
            UNION ALL
            SELECT m.sql FROM sqlite_master m
            WHERE m.sql IS NOT NULL AND m.name <> 'onboarding_sessions' AND m.tbl_name LIKE 'onboarding%'
            ORDER BY 1
            """;

    private static final String POSTGRESQL = """
            SELECT a.attrelid::regclass || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
                || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
            UNION ALL
            SELECT pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = current_schema()::regnamespace
            UNION ALL
            SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
            UNION ALL
            SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
            ORDER BY 1
            """;

    private SchemaCatalog() {}

    /** Its tables with their columns, constraints and indexes, and its functions. */
    public static List<String> of(TestDatabase database) {
        return database.query(database.sql(SQLITE, POSTGRESQL));
    }

    /** The schema of a database that was empty when it was migrated. */
    public static List<String> ofNewest(DatabaseKind kind) {
        try (TestDatabase empty = TestDatabase.empty(kind)) {
            empty.database().migrations().migrate();
            return of(empty);
        }
    }
}
