package dev.onward.server.cli;

import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What stands on the command line behind the command. */
public record Arguments(ParseResult parsed) {

    /** The value of an option, where it is given. */
    Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOption(option)).map(OptionSpec::getValue);
    }

    /** Whether an option without a value is given. */
    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }
}
