package dev.onward.definition;

import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** The errors of a flow definition, without duplicates, in order of their lines. */
final class FlowErrors {
    private static final int MAX_ERRORS = 100;
    private static final int MAX_LENGTH = 400;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final String file;
    private final Set<FlowError> errors = new LinkedHashSet<>();
    private final Set<FlowError> warnings = new LinkedHashSet<>();

    FlowErrors(String file) {
        this.file = file;
    }

    void add(Node where, String key, String problem) {
        add(line(where), key, problem);
    }

    void add(OptionalInt line, String key, String problem) {
        errors.add(new FlowError(file, line, shown(key), shown(problem)));
    }

    /** Adds a warning about a likely mistake. */
    void addWarning(Node where, String key, String problem) {
        warnings.add(new FlowError(file, line(where), shown(key), shown(problem)));
    }

    private static OptionalInt line(Node where) {
        return where.getStartMark().map(FlowErrors::line).orElse(OptionalInt.empty());
    }

    /** Quotes text from the file: shortened, without control characters. */
    private static String shown(String text) {
        String plain = CONTROLS.matcher(text).replaceAll("\uFFFD");
        return plain.length() <= MAX_LENGTH
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_LENGTH / 2)) + "…";
    }

    static OptionalInt line(Mark mark) {
        return OptionalInt.of(mark.getLine() + 1);
    }

    /** @throws InvalidFlow if there are errors */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidFlow(errors());
        }
    }

    List<FlowError> errors() {
        return sorted(errors);
    }

    List<FlowError> warnings() {
        return sorted(warnings);
    }

    private List<FlowError> sorted(Set<FlowError> found) {
        List<FlowError> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(error -> error.line().orElse(0)));
        if (sorted.size() > MAX_ERRORS) {
            int more = sorted.size() - MAX_ERRORS;
            sorted.subList(MAX_ERRORS, sorted.size()).clear();
            sorted.add(new FlowError(file, OptionalInt.empty(), "", "breaks " + more + " more rules: fix these first"));
        }
        return sorted;
    }
}
