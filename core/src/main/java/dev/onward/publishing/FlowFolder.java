package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A folder of flow files: all files with the extension .yaml, .yml or .json. */
public record FlowFolder(Path path) {

    /**
     * Reads and reviews all files.
     *
     * @return the definitions, in order of the files' names
     * @throws InvalidFlow with all errors of all files
     * @throws UncheckedIOException if the folder cannot be read
     */
    public List<FlowDefinition> read() {
        return List.copyOf(read(Map.of()).changed().values());
    }

    /**
     * Reads all files, and reviews those that were not published before.
     *
     * @param known the published files by the hash of their text
     */
    public FlowFiles read(Map<String, FlowFileVersion> known) {
        Reading reading = new Reading(known);
        files().forEach(reading::add);
        return reading.files();
    }

    private static final class Reading {
        private final Map<String, FlowFileVersion> known;
        private final List<FlowError> errors = new ArrayList<>();
        private final Map<String, Path> paths = new HashMap<>();
        private final Map<String, FlowDefinition> changed = new LinkedHashMap<>();
        private final List<FlowFileVersion> unchanged = new ArrayList<>();

        private Reading(Map<String, FlowFileVersion> known) {
            this.known = known;
        }

        private void add(Path path) {
            try {
                byte[] bytes = FlowFile.bytes(path, path.toString());
                String hash = FlowDefinition.hash(bytes);
                Optional<FlowFileVersion> published = Optional.ofNullable(known.get(hash));
                if (published.isPresent()) {
                    add(published.get().flow(), path);
                    unchanged.add(published.get());
                } else {
                    FlowDefinition definition =
                            FlowDefinition.of(path.toString(), FlowFile.text(bytes, path.toString()));
                    add(definition.flow().id(), path);
                    changed.put(hash, definition);
                }
            } catch (InvalidFlow e) {
                errors.addAll(e.errors());
            }
        }

        private void add(String flow, Path path) {
            Path other = paths.putIfAbsent(flow, path);
            if (other != null) {
                errors.add(new FlowError(
                        path.toString(),
                        OptionalInt.empty(),
                        "flow",
                        "is " + flow + ", which " + other + " defines: keep one of them"));
            }
        }

        private FlowFiles files() {
            if (!errors.isEmpty()) {
                throw new InvalidFlow(errors);
            }
            return new FlowFiles(changed, unchanged);
        }
    }

    private List<Path> files() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(FlowFolder::isFlowFile)
                    .filter(file -> !file.toFile().isDirectory())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of flows " + path + " cannot be read.", e);
        }
    }

    private static boolean isFlowFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }
}
