package dev.onward.kblock;

import dev.onward.model.KBlockView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A K-Block ("knowledge block"): the artefact that is created from a declaration.
 *
 * @param layer how far it is derived; 1 is an axiom, which has no lineage
 * @param content the declaration as sent
 */
public record KBlock(
        String id,
        String sessionId,
        Optional<String> userId,
        int layer,
        String title,
        String content,
        Loss loss,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt) {

    /** The layer of an axiom. */
    public static final int AXIOM = 1;

    private static final List<String> FIRST = List.of("ftue", "first-declaration", "user-generated");
    private static final List<String> LATER_TAGS = List.of("ftue", "user-generated");

    public KBlock {
        tags = List.copyOf(tags);
    }

    /** The K-Block of a person's first declaration. */
    public static KBlock ofFirstDeclaration(
            String id, String sessionId, Optional<String> userId, String declaration, Instant now) {
        return of(id, sessionId, userId, declaration, FIRST, now);
    }

    /** The K-Block of a later declaration. */
    public static KBlock ofDeclaration(
            String id, String sessionId, Optional<String> userId, String declaration, Instant now) {
        return of(id, sessionId, userId, declaration, LATER_TAGS, now);
    }

    /** Shows it to callers. */
    public KBlockView view() {
        return new KBlockView(
                id,
                sessionId,
                userId,
                layer,
                title,
                content,
                loss.value(),
                loss.confidence(),
                tags,
                createdAt,
                updatedAt);
    }

    private static KBlock of(
            String id, String sessionId, Optional<String> userId, String declaration, List<String> tags, Instant now) {
        return new KBlock(
                id, sessionId, userId, AXIOM, Title.of(declaration), declaration, Loss.of(declaration), tags, now, now);
    }
}
