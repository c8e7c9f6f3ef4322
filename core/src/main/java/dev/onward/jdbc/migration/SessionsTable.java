package dev.onward.jdbc.migration;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sessions table as a dialect's schema defines it, split into parts to complete an existing table.
 *
 * @param seed the seed's columns
 * @param added the columns that Onward adds
 * @param checks the constraints except the primary key
 * @param indexes the seed's and Onward's indexes
 */
public record SessionsTable(List<Part> seed, List<Part> added, List<Part> checks, List<Part> indexes) {
    private static final String CREATE = "CREATE TABLE IF NOT EXISTS " + ExistingTables.SESSIONS;

    /**
     * The name that the original's {@code init_db()} gives to the index which the seed's migration calls
     * idx_onboarding_sessions_user_id.
     */
    public static final String INIT_DB_INDEX = "ix_onboarding_sessions_user_id";

    private static final Pattern CHECK = Pattern.compile("CONSTRAINT (\\w+) CHECK .*", Pattern.DOTALL);

    private static final Pattern INDEX =
            Pattern.compile("CREATE INDEX IF NOT EXISTS (\\w+) (ON " + ExistingTables.SESSIONS + " [^;]+);");

    /** @param definition its text in the schema, starting with a column's name, {@code CONSTRAINT} or {@code ON} */
    public record Part(String name, String definition) {}

    /** @param schema the text of the schema script */
    static SessionsTable of(String schema) {
        List<String> definitions = CreateTableText.definitions(schema.substring(schema.indexOf(CREATE)));
        List<Part> columns = definitions.stream()
                .filter(Predicate.not(SessionsTable::isConstraint))
                .map(definition -> new Part(CreateTableText.firstWord(definition), oneLine(definition)))
                .toList();
        List<Part> checks = definitions.stream()
                .map(CHECK::matcher)
                .filter(Matcher::matches)
                .map(check -> new Part(check.group(1), oneLine(check.group())))
                .toList();
        return new SessionsTable(
                columns.stream().filter(column -> isSeeds(column.name())).toList(),
                columns.stream().filter(column -> !isSeeds(column.name())).toList(),
                checks,
                INDEX.matcher(schema).results().map(SessionsTable::index).toList());
    }

    private static boolean isConstraint(String definition) {
        return CreateTableText.firstWord(definition).equals("CONSTRAINT");
    }

    private static boolean isSeeds(String column) {
        return ExistingTables.SEED.containsKey(column);
    }

    private static Part index(MatchResult index) {
        return new Part(index.group(1), oneLine(index.group(2)));
    }

    private static String oneLine(String definition) {
        return definition.replaceAll("\\s+", " ");
    }
}
