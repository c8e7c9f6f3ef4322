package dev.onward.jdbc.migration;

import java.util.List;

/**
 * One step of the adoption of a standing sessions table.
 *
 * @param name what it does, for people
 * @param statements run in one transaction, or by itself where it is concurrent
 * @param concurrent whether its statement lets others write while it works, and may not run in a transaction block
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
