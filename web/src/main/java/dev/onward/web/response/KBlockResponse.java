package dev.onward.web.response;

import dev.onward.kblock.KBlock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A K-Block. */
public record KBlockResponse(
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

    public static KBlockResponse of(KBlock kblock) {
        return new KBlockResponse(
                kblock.id(),
                kblock.sessionId(),
                kblock.userId(),
                kblock.layer(),
                kblock.title(),
                kblock.content(),
                kblock.loss().value(),
                kblock.loss().confidence(),
                kblock.tags(),
                kblock.createdAt(),
                kblock.updatedAt());
    }
}
