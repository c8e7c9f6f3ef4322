package dev.onward.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A K-Block ("knowledge block"): the artefact that a declaration becomes.
 *
 * @param id the K-Block's id
 * @param sessionId the session that it belongs to
 * @param userId the session's user
 * @param layer 1 for an axiom, which derives from nothing
 * @param title the first sentence of the content, at most 80 characters
 * @param content the declaration exactly as sent
 * @param loss how vague the declaration is: from 0.00 (says it all) to 1.00, two decimal places
 * @param confidence 1 - loss
 * @param tags what it is about
 * @param createdAt when it was declared
 * @param updatedAt when it was last changed
 */
public record KBlockView(
        String id,
        String sessionId,
        Optional<String> userId,
        int layer,
        String title,
        String content,
        BigDecimal loss,
        BigDecimal confidence,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt) {
    /** Copies the list. */
    public KBlockView {
        tags = List.copyOf(tags);
    }
}
