package dev.onward.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code onward.yaml}: one key and value for each setting. */
final class SettingsFile {
    private static final int MAX_FILE_BYTES = 65_536;

    private final Path file;

    private SettingsFile(Path file) {
        this.file = file;
    }

    /** @throws SettingsException with the line number of the error */
    static Map<Setting, SettingValue> read(Path file) {
        return new SettingsFile(file).settings();
    }

    private Map<Setting, SettingValue> settings() {
        Map<Setting, SettingValue> found = new EnumMap<>(Setting.class);
        for (NodeTuple entry : entries()) {
            Setting setting = setting(entry.getKeyNode());
            if (!(entry.getValueNode() instanceof ScalarNode value)) {
                throw wrong(entry.getValueNode(), setting.key() + " must have a single value.");
            }
            if (found.containsKey(setting)) {
                throw wrong(entry.getKeyNode(), setting.key() + " appears twice. Keep one.");
            }
            found.put(setting, new SettingValue(setting, value.getValue(), at(value)));
        }
        return found;
    }

    private Setting setting(Node node) {
        String key = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        return Setting.ofKey(key)
                .orElseThrow(() -> wrong(
                        node,
                        "there is no setting \"" + key + "\". There are: "
                                + Arrays.stream(Setting.values())
                                        .map(Setting::key)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private Iterable<NodeTuple> entries() {
        Node root = parse();
        return switch (root) {
            case MappingNode mapping -> mapping.getValue();
            default -> throw wrong(root, "this is not a setting. Write lines such as \"port: 8080\".");
        };
    }

    private Node parse() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_FILE_BYTES)
                .build();
        try {
            String text = Files.readString(file);
            return new Compose(settings)
                    .composeString(text.isBlank() ? "{}" : text)
                    .orElseGet(() -> new Compose(settings).composeString("{}").orElseThrow());
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1))
                    .orElse("");
            throw new SettingsException(
                    file + line + ": this is not YAML (" + oneLine(e.getProblem()) + "). Correct it.");
        } catch (YamlEngineException e) {
            throw new SettingsException(
                    file + ": this is not YAML (" + oneLine(String.valueOf(e.getMessage())) + "). Correct it.");
        } catch (IOException e) {
            throw new SettingsException(
                    file + " cannot be read. Name a readable settings file with --config or ONWARD_CONFIG.");
        }
    }

    private SettingsException wrong(Node node, String problem) {
        return new SettingsException(at(node) + ": " + problem);
    }

    private String at(Node node) {
        return file
                + node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
