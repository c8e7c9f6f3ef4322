package dev.onward.definition;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The built-in flow, read from a flow file like any other. */
public final class BuiltInFlow {
    static final String GENESIS = "genesis.yaml";

    private BuiltInFlow() {}

    public static Flow genesis() {
        return FlowReader.read(GENESIS, text());
    }

    /** A catalog with the built-in flow only. */
    public static FlowCatalog catalog() {
        return FlowCatalog.of(List.of(genesis()));
    }

    static String text() {
        try (InputStream in = BuiltInFlow.class.getResourceAsStream(GENESIS)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + GENESIS);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
