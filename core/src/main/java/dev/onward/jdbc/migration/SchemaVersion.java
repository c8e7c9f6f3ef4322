package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.DatabaseException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares the migrations of a database with those that this Onward knows. */
final class SchemaVersion {
    /** Part of the names of migrations with which older releases can still use the database. */
    private static final String COMPATIBLE = "__compatible_";

    private SchemaVersion() {}

    /** The newest version of these scripts, or 0 if there is none. */
    static String newest(Collection<String> scripts) {
        return scripts.stream()
                .map(SchemaVersion::of)
                .max(Comparator.comparing(Version::parse))
                .orElse("0");
    }

    /**
     * Checks that a release of Onward has migrated a database.
     *
     * @param applied the scripts that the database has run
     * @param known the scripts that this Onward has
     * @throws DatabaseException if a known version was created by another script
     */
    public static void requireReleased(Collection<String> applied, Collection<String> known) {
        Version newest = Version.parse(newest(known));
        applied.stream()
                .filter(script ->
                        !known.contains(script) && Version.parse(of(script)).compareTo(newest) <= 0)
                .findFirst()
                .ifPresent(script -> {
                    throw new DatabaseException("This database was made by a development version of Onward (" + script
                            + "), before the first release. Its schema cannot be brought up, and nothing in it was"
                            + " changed: start with another database or schema.");
                });
    }

    /**
     * The schema version of a newer Onward, if the database has one.
     *
     * @param applied the scripts that the database has run
     * @param known the scripts that this Onward has
     */
    public static Optional<Migrations.Newer> newer(Collection<String> applied, Collection<String> known) {
        List<String> unknown =
                applied.stream().filter(script -> !known.contains(script)).toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        boolean compatible =
                unknown.stream().allMatch(script -> script.contains(COMPATIBLE)) && applied.containsAll(known);
        return Optional.of(new Migrations.Newer(newest(applied), newest(known), compatible));
    }

    /** The version of a script, such as {@code 11.1} of {@code V11.1__last_activity.sql}. */
    private static String of(String script) {
        int end = script.indexOf("__");
        return end > 1 ? script.substring(1, end).replace('_', '.') : "0";
    }
}
