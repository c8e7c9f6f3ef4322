package dev.onward.schema.violation;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Decides which options of a failed choice an answer may have meant. */
final class UnmatchedChoice {
    private static final Set<String> CONSTANTS = Set.of("const", "enum");

    private final ChoiceOption.ChoicePlace place;
    private final SortedMap<Integer, List<Error>> options = new TreeMap<>();

    UnmatchedChoice(ChoiceOption.ChoicePlace place) {
        this.place = place;
    }

    void add(int option, Error error) {
        options.computeIfAbsent(option, missing -> new ArrayList<>()).add(error);
    }

    /**
     * The options that the answer may have meant, with their errors. An object cannot mean an option of another type,
     * and a field with a constant tells options apart.
     */
    SortedMap<Integer, List<Error>> intendedOptions() {
        SortedMap<Integer, List<Error>> ofType = without(options, this::isAboutTheTypeOfAnObject);
        SortedMap<Integer, List<Error>> left = ofType.isEmpty() ? options : ofType;
        for (String field : constantFields(left)) {
            Predicate<Error> isOfField =
                    error -> isConstant(error) && location(error).equals(field);
            SortedMap<Integer, List<Error>> others = without(left, isOfField);
            if (others.isEmpty()) {
                return only(left, isOfField);
            }
            if (others.size() == 1) {
                return others;
            }
        }
        return left;
    }

    private boolean isAboutTheTypeOfAnObject(Error error) {
        return "type".equals(error.getKeyword())
                && location(error).equals(place.value())
                && error.getInstanceNode().isContainer();
    }

    /** The fields whose value differs from the constant that an option requires. */
    private Set<String> constantFields(SortedMap<Integer, List<Error>> options) {
        Set<String> fields = new LinkedHashSet<>();
        options.values().stream()
                .flatMap(Collection::stream)
                .filter(UnmatchedChoice::isConstant)
                .map(UnmatchedChoice::location)
                .filter(field -> field.lastIndexOf('/') == place.value().length())
                .forEach(fields::add);
        return fields;
    }

    private static SortedMap<Integer, List<Error>> without(
            SortedMap<Integer, List<Error>> options, Predicate<Error> excluding) {
        SortedMap<Integer, List<Error>> left = new TreeMap<>(options);
        left.values().removeIf(errors -> errors.stream().anyMatch(excluding));
        return left;
    }

    private static SortedMap<Integer, List<Error>> only(SortedMap<Integer, List<Error>> options, Predicate<Error> one) {
        SortedMap<Integer, List<Error>> only = new TreeMap<>();
        options.forEach(
                (option, errors) -> only.put(option, errors.stream().filter(one).toList()));
        return only;
    }

    private static boolean isConstant(Error error) {
        return CONSTANTS.contains(String.valueOf(error.getKeyword()));
    }

    private static String location(Error error) {
        return error.getInstanceLocation().toString();
    }
}
