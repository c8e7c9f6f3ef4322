package dev.onward.test;

import dev.onward.OnwardBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Flows to test with, beside the built-in {@code genesis}. {@link TestOnward} publishes them. */
public enum SampleFlow {
    /** Branches by earlier answers, has optional steps, and is completed by its last step. */
    TEAM_SETUP("team-setup"),
    /** Has steps without an answer, no branches, and is completed by the product. */
    DEVELOPER_QUICKSTART("developer-quickstart");

    private final String id;

    SampleFlow(String id) {
        this.id = id;
    }

    /** {@return the flow's id} */
    public String id() {
        return id;
    }

    /**
     * Reads the flow's definition, for {@link OnwardBuilder#flow} or {@link dev.onward.Flows#publish(String)}.
     *
     * @return YAML
     */
    public String definition() {
        String resource = id + ".yaml";
        try (InputStream in = SampleFlow.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
