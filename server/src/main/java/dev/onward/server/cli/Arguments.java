package dev.onward.server.cli;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/** What stands on the command line behind the command. */
public record Arguments(CommandLine parsed) {

    /** The value of an option, where it is given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(parsed.getOptionValue(option));
    }

    /** What is given without an option's name, in order. */
    List<String> words() {
        return parsed.getArgList();
    }

    /** Whether an option without a value is given. */
    public boolean has(String option) {
        return parsed.hasOption(option);
    }
}
