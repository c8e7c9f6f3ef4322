package dev.onward.definition;

import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.List;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** One YAML document, restricted to what JSON can express. Reading any text takes limited stack and time. */
final class YamlDocument {
    private static final int MAX_BYTES = 262_144;

    private final String file;
    private final String text;

    private YamlDocument(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** @throws InvalidFlow if the text is no such document */
    static Node parse(String file, String text) {
        return new YamlDocument(file, text).parse();
    }

    private Node parse() {
        if (text.codePointCount(0, text.length()) > MAX_BYTES) {
            throw rejection(OptionalInt.empty(), "is longer than " + MAX_BYTES + " characters: shorten it");
        }
        Node node = read();
        FlowErrors errors = new FlowErrors(file);
        new YamlNodes(errors).check(node);
        errors.throwIfAny();
        return node;
    }

    private Node read() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_BYTES)
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            FlowErrors errors = new FlowErrors(file);
            new YamlEvents(errors).check(parser(settings));
            errors.throwIfAny();
            return new Composer(settings, parser(settings))
                    .getSingleNode()
                    .orElseThrow(() -> rejection(OptionalInt.empty(), "is empty"));
        } catch (MarkedYamlEngineException e) {
            throw rejection(
                    e.getProblemMark().map(FlowErrors::line).orElse(OptionalInt.empty()),
                    "is not YAML: " + e.getProblem() + hint(e.getProblem()));
        } catch (ReaderException e) {
            throw rejection(
                    OptionalInt.of(lineOf(e.getPosition())),
                    "contains the character U+" + String.format("%04X", e.getCodePoint()) + ": remove it");
        } catch (YamlEngineException e) {
            throw rejection(OptionalInt.empty(), "is not YAML: " + e.getMessage());
        }
    }

    /**
     * Uses the parser itself, because the public entry point, {@code api.lowlevel}, is not exported by the library's
     * module.
     */
    private ParserImpl parser(LoadSettings settings) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** Explains the most common errors better than the parser does. */
    private static String hint(String problem) {
        return problem.startsWith("mapping values are not allowed")
                ? "; quote text that contains a colon and a space"
                : "";
    }

    private int lineOf(int codePoints) {
        long before = text.codePoints().limit(codePoints).filter(c -> c == '\n').count();
        return (int) before + 1;
    }

    private InvalidFlow rejection(OptionalInt line, String problem) {
        return new InvalidFlow(List.of(new FlowError(file, line, "", problem)));
    }
}
