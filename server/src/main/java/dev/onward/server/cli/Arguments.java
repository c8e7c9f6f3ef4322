package dev.onward.server.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What stands on the command line behind the command. */
public record Arguments(ParseResult parsed) {

    /** The value of an option, where it is given. */
    Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOption(option)).map(OptionSpec::getValue);
    }

    /** What is given without an option's name, in order. */
    List<String> words() {
        return parsed.matchedPositionals().stream()
                .flatMap(word -> word.stringValues().stream())
                .toList();
    }

    /** Whether an option without a value is given. */
    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }
}
