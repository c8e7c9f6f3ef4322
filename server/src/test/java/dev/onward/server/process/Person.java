package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Somebody who is being onboarded while the server is killed, and what they were told. Each has a name and a
 * declaration that nobody else has.
 */
final class Person {
    private final String name;
    private final boolean anonymous;
    private Optional<String> session = Optional.empty();
    private Optional<String> kblock = Optional.empty();
    private Optional<String> completedAt = Optional.empty();
    private boolean declared;

    /** @param anonymous whether they declare without having started */
    Person(String name, boolean anonymous) {
        this.name = name;
        this.anonymous = anonymous;
    }

    /**
     * Walks the whole way, as far as it gets.
     *
     * @param answered told of each answer
     * @throws IOException where no answer came
     */
    void walk(Api api, Consumer<Person> answered) throws IOException {
        if (!anonymous) {
            session = Optional.of(ok(api.start(name)).text("session_id"));
            answered.accept(this);
        }
        declared = true;
        Api.Answer declaration =
                ok(anonymous ? declareAnonymously(api) : api.declare(session.orElseThrow(), declaration()));
        session = Optional.of(declaration.text("session_id"));
        kblock = Optional.of(declaration.text("kblock_id"));
        answered.accept(this);
        completedAt = Optional.of(ok(api.complete(session.orElseThrow())).text("completed_at"));
        answered.accept(this);
    }

    private Api.Answer declareAnonymously(Api api) throws IOException {
        return api.post("/api/onboarding/first-declaration", Map.of("declaration", declaration()));
    }

    private static Api.Answer ok(Api.Answer answer) {
        assertThat(answer.status()).as(() -> answer.response().body()).isEqualTo(200);
        return answer;
    }

    String name() {
        return name;
    }

    String declaration() {
        return "I am " + name + ".";
    }

    /** Whether they asked to declare, answered or not. */
    boolean declared() {
        return declared;
    }

    /** Their session, where they were told it. */
    Optional<String> session() {
        return session;
    }

    /** Their K-Block, where they were told it. */
    Optional<String> kblock() {
        return kblock;
    }

    /** When they completed, where they were told it. */
    Optional<String> completedAt() {
        return completedAt;
    }
}
