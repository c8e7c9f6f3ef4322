package dev.onward.server.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;

/** The options and operands after a command. */
public record Arguments(CommandLine parsed) {

    /** The value of an option; empty if it is not given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(parsed.getOptionValue(option));
    }

    /** The operands, in order. */
    public List<String> words() {
        return parsed.getArgList();
    }

    /**
     * The only operand, as a file.
     *
     * @throws UsageException if there is none or more than one
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
