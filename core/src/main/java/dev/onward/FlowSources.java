package dev.onward;

import dev.onward.definition.FlowDefinition;
import dev.onward.publishing.FlowFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the flows of a builder come from. */
final class FlowSources {
    private final List<FlowDefinition> definitions = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    void add(String name, String definition) {
        definitions.add(FlowDefinition.of(name, definition));
    }

    void addFolder(Path folder) {
        folders.add(folder);
    }

    void addResources(ClassLoader loader, List<String> resources) {
        for (String resource : resources) {
            add(resource, text(loader, resource));
        }
    }

    /** Reads the folders. */
    List<FlowDefinition> read() {
        List<FlowDefinition> all = new ArrayList<>(definitions);
        for (Path folder : folders) {
            try {
                all.addAll(new FlowFolder(folder).read());
            } catch (UncheckedIOException e) {
                throw new OnwardStartException(String.valueOf(e.getMessage()), e);
            }
        }
        return all;
    }

    private static String text(ClassLoader loader, String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource " + resource + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read.", e);
        }
    }
}
