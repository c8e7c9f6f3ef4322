package dev.onward.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The flow that comes with Onward: a flow file like any other. */
final class BuiltIn {
    static final String GENESIS = "genesis.yaml";

    private BuiltIn() {}

    static Flow genesis() {
        return FlowReader.read(GENESIS, text());
    }

    static String text() {
        try (InputStream in = BuiltIn.class.getResourceAsStream(GENESIS)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + GENESIS);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
