package dev.onward;

import dev.onward.model.Celebration;
import dev.onward.model.SessionView;
import java.math.BigDecimal;

/**
 * A session's first declaration.
 *
 * @param session the session after the declaration
 * @param kblockId the K-Block that the declaration became
 * @param layer the K-Block's layer
 * @param loss how vague the declaration is: from 0.00 to 1.00, two decimal places
 * @param justification why, in the flow's words
 * @param celebration how it is celebrated
 */
public record FirstDeclaration(
        SessionView session,
        String kblockId,
        int layer,
        BigDecimal loss,
        String justification,
        Celebration celebration) {}
