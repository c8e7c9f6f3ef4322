package dev.onward.server.process.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A user who goes through the onboarding while the server is killed, and the responses that they got. Names and
 * declarations are unique.
 */
public final class SimulatedUser {
    private final String name;
    private final boolean anonymous;
    private Optional<String> session = Optional.empty();
    private Optional<String> kblock = Optional.empty();
    private Optional<String> completedAt = Optional.empty();
    private boolean declared;

    /** @param anonymous whether they declare without starting a session first */
    public SimulatedUser(String name, boolean anonymous) {
        this.name = name;
        this.anonymous = anonymous;
    }

    /**
     * Goes through the onboarding as far as possible.
     *
     * @param answered called after each response
     * @throws IOException if there was no response
     */
    public void walk(HttpApi api, Consumer<SimulatedUser> answered) throws IOException {
        if (!anonymous) {
            session = Optional.of(ok(api.start(name)).text("session_id"));
            answered.accept(this);
        }
        declared = true;
        HttpApi.HttpReply declaration =
                ok(anonymous ? declareAnonymously(api) : api.declare(session.orElseThrow(), declaration()));
        session = Optional.of(declaration.text("session_id"));
        kblock = Optional.of(declaration.text("kblock_id"));
        answered.accept(this);
        completedAt = Optional.of(ok(api.complete(session.orElseThrow())).text("completed_at"));
        answered.accept(this);
    }

    private HttpApi.HttpReply declareAnonymously(HttpApi api) throws IOException {
        return api.post("/api/onboarding/first-declaration", Map.of("declaration", declaration()));
    }

    private static HttpApi.HttpReply ok(HttpApi.HttpReply answer) {
        assertThat(answer.status()).as(() -> answer.response().body()).isEqualTo(200);
        return answer;
    }

    public String name() {
        return name;
    }

    public String declaration() {
        return "I am " + name + ".";
    }

    /** Whether they sent a declaration, answered or not. */
    public boolean declared() {
        return declared;
    }

    /** The session id, if a response contained it. */
    public Optional<String> session() {
        return session;
    }

    /** The K-Block's id, if a response contained it. */
    public Optional<String> kblock() {
        return kblock;
    }

    /** The completion time, if a response contained it. */
    public Optional<String> completedAt() {
        return completedAt;
    }
}
