package dev.onward.jdbc.migration;

import java.util.List;

/**
 * One step of the adoption of an existing sessions table.
 *
 * @param name what it does, for people
 * @param statements run in one transaction; a single one without a transaction if the step is concurrent
 * @param concurrent whether the statement does not block writers, and cannot run in a transaction block
 */
public record AdoptionStep(String name, List<String> statements, boolean concurrent) {
    public AdoptionStep {
        statements = List.copyOf(statements);
    }

    public static AdoptionStep inTransaction(String name, List<String> statements) {
        return new AdoptionStep(name, statements, false);
    }

    public static AdoptionStep concurrent(String name, String statement) {
        return new AdoptionStep(name, List.of(statement), true);
    }

    Migrations.PendingMigration pending() {
        return new Migrations.PendingMigration("adopt: " + name, String.join(";\n", statements) + ";");
    }
}
