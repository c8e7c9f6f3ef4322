package dev.onward.kblock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A K-Block ("knowledge block"): the artefact that a declaration becomes.
 *
 * @param layer how far it is derived; 1 is an axiom, which has no lineage
 * @param content the declaration as it was sent
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

    public KBlock {
        tags = List.copyOf(tags);
    }

    /** The K-Block of a person's first declaration. */
    public static KBlock ofFirstDeclaration(
            String id, String sessionId, Optional<String> userId, String declaration, Instant now) {
        return new KBlock(
                id,
                sessionId,
                userId,
                AXIOM,
                Title.of(declaration),
                declaration,
                Loss.of(declaration),
                List.of("ftue", "first-declaration", "user-generated"),
                now,
                now);
    }
}
