package dev.onward.schema.review;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems and warnings of a schema. */
final class IssueCollector {
    private final Set<SchemaProblem> problems = new LinkedHashSet<>();
    private final Set<SchemaProblem> warnings = new LinkedHashSet<>();

    /** Adds a problem: the schema cannot be used. */
    void problem(String pointer, String problem) {
        problems.add(new SchemaProblem(pointer, problem));
    }

    /** Adds a warning: the schema works, but probably not as intended. */
    void warning(String pointer, String problem) {
        warnings.add(new SchemaProblem(pointer, problem));
    }

    List<SchemaProblem> problems() {
        return List.copyOf(problems);
    }

    boolean problemsAt(String pointer) {
        return problems.stream().anyMatch(problem -> problem.pointer().equals(pointer));
    }

    boolean problemsBelow(String pointer) {
        return problems.stream().anyMatch(problem -> problem.pointer().startsWith(pointer + "/"));
    }

    SchemaIssues all() {
        return new SchemaIssues(problems(), List.copyOf(warnings));
    }
}
