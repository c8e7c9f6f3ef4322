package dev.onward.server.http;

import dev.onward.kblock.Celebration;
import dev.onward.session.Declared;
import java.math.BigDecimal;

/** The answer to {@code first-declaration}. */
record DeclaredView(
        String kblockId,
        String sessionId,
        int layer,
        BigDecimal loss,
        String justification,
        CelebrationView celebration) {

    record CelebrationView(boolean confetti, String emoji, String message, String color, String intensity) {
        static CelebrationView of(Celebration celebration) {
            return new CelebrationView(
                    celebration.confetti(),
                    celebration.emoji(),
                    celebration.message(),
                    celebration.color(),
                    celebration.intensity().code());
        }
    }

    static Answer answer(Declared declared) {
        return Answer.json(of(declared)).at(declared.journey().session());
    }

    static DeclaredView of(Declared declared) {
        return new DeclaredView(
                declared.kblockId(),
                declared.journey().session().id(),
                declared.layer(),
                declared.loss().value(),
                declared.justification(),
                CelebrationView.of(declared.celebration()));
    }
}
