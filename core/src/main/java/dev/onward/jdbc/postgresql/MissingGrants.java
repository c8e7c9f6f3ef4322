package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The rights that a migration needs on PostgreSQL and that the connection's role lacks. Since PostgreSQL 15, only the
 * owner of a database may create objects in its schema {@code public}.
 */
final class MissingGrants {
    /** Uses the first schema of the search path, even if the role has no access to it yet. */
    private static final String STATEMENTS = """
            WITH target AS (
                SELECT n.oid, n.nspname
                FROM unnest(string_to_array(
                        replace(current_setting('search_path'), '"$user"', quote_ident(current_user)), ','))
                    WITH ORDINALITY AS path (name, place)
                JOIN pg_namespace n ON btrim(path.name) IN (n.nspname, quote_ident(n.nspname))
                ORDER BY n.nspname IS DISTINCT FROM current_schema(), path.place
                LIMIT 1
            )
            SELECT format('GRANT %s ON SCHEMA %I TO %I;', string_agg(needed.name, ', ' ORDER BY needed.place),
                target.nspname, current_user)
            FROM target, (VALUES ('USAGE', 1), ('CREATE', 2)) AS needed (name, place)
            WHERE NOT has_schema_privilege(target.oid, needed.name)
            GROUP BY target.nspname
            UNION ALL
            SELECT DISTINCT format('GRANT %I TO %I;', pg_get_userbyid(c.relowner), current_user)
            FROM pg_class c JOIN target ON target.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relname LIKE 'onboarding\\_%' AND NOT pg_has_role(c.relowner, 'USAGE')
            """;

    private MissingGrants() {}

    /** The statements that grant the missing rights; empty if none are missing. */
    static List<String> of(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATEMENTS)) {
            return ResultRows.strings(statement);
        }
    }
}
