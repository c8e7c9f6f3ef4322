package dev.onward.web.response;

import dev.onward.model.FirstDeclaration.Celebration;
import dev.onward.session.DeclarationResult;
import dev.onward.web.http.Response;
import java.math.BigDecimal;

/** The response to {@code first-declaration}. */
public record DeclarationResponse(
        String kblockId,
        String sessionId,
        int layer,
        BigDecimal loss,
        String justification,
        CelebrationView celebration) {

    public record CelebrationView(boolean confetti, String emoji, String message, String color, String intensity) {
        static CelebrationView of(Celebration celebration) {
            return new CelebrationView(
                    celebration.confetti(),
                    celebration.emoji(),
                    celebration.message(),
                    celebration.color(),
                    celebration.intensity().code());
        }
    }

    public static Response answer(DeclarationResult declared) {
        return Response.json(of(declared))
                .atRevision(declared.onboarding().session().revision());
    }

    public static DeclarationResponse of(DeclarationResult declared) {
        return new DeclarationResponse(
                declared.kblockId(),
                declared.onboarding().session().id(),
                declared.layer(),
                declared.loss().value(),
                declared.justification(),
                CelebrationView.of(declared.celebration()));
    }
}
