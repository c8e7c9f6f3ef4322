package dev.onward.server.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    /**
     * The one file that is given.
     *
     * @throws UsageException if none or several are given
     */
    Path onlyFile(Console console) {
        if (words().size() != 1) {
            throw new UsageException("Name one FILE");
        }
        try {
            return console.folder().resolve(words().getFirst()).normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + words().getFirst() + "\" is not the name of a file");
        }
    }

    /** Whether an option without a value is given. */
    public boolean has(String option) {
        return parsed.hasOption(option);
    }
}
