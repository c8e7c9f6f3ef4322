package dev.onward.server.storage;

import dev.onward.flow.Definition;
import dev.onward.flow.FlowError;
import dev.onward.flow.FlowFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A folder of files that define flows: those whose names end in .yaml, .yml or .json. */
public record FlowFolder(Path path) {

    /**
     * Reads and reviews all of them.
     *
     * @return in the order of the files' names
     * @throws FlowFormatException listing all that is wrong with any of them
     * @throws StorageException where the folder cannot be read
     */
    public List<Definition> read() {
        List<FlowError> errors = new ArrayList<>();
        Map<String, Path> files = new LinkedHashMap<>();
        List<Definition> definitions = new ArrayList<>();
        for (Path file : files()) {
            try {
                Definition definition = FlowFile.read(file, file.toString());
                Path other = files.putIfAbsent(definition.flow().id(), file);
                if (other != null) {
                    errors.add(new FlowError(
                            file.toString(),
                            OptionalInt.empty(),
                            "flow",
                            "is " + definition.flow().id() + ", which " + other + " defines: keep one of them"));
                }
                definitions.add(definition);
            } catch (FlowFormatException e) {
                errors.addAll(e.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new FlowFormatException(errors);
        }
        return definitions;
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(FlowFolder::isFlowFile)
                    .filter(file -> !Files.isDirectory(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException(
                    "The folder of flows " + path + " cannot be read. Make it, or name another with --flows.", e);
        }
    }

    private static boolean isFlowFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }
}
