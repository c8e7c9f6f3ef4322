package dev.onward.schema.review;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a schema: what makes it useless, and what is likely a slip. */
final class IssueCollector {
    private final Set<SchemaProblem> problems = new LinkedHashSet<>();
    private final Set<SchemaProblem> warnings = new LinkedHashSet<>();

    /** A schema with this may not serve. */
    void problem(String pointer, String problem) {
        problems.add(new SchemaProblem(pointer, problem));
    }

    /** A schema with this works, but hardly as it was meant. */
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
