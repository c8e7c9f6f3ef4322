package dev.onward.session;

import dev.onward.kblock.CelebrationWords;
import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;
import dev.onward.model.Celebration;
import dev.onward.transition.Onboarding;

/**
 * A declaration that stands.
 *
 * @param justification why the loss is what it is, in the flow's words
 */
public record DeclarationResult(
        Onboarding onboarding, String kblockId, int layer, Loss loss, String justification, Celebration celebration) {

    /** @param onboarding of a session that holds a declaration */
    public static DeclarationResult of(Onboarding onboarding) {
        Loss loss = Loss.of(onboarding.session().firstDeclaration().orElseThrow());
        CelebrationWords words = onboarding
                .flow()
                .declarationStep()
                .map(step -> step.celebration(loss.intensity()))
                .orElse(CelebrationWords.NONE);
        return new DeclarationResult(
                onboarding,
                onboarding.session().firstKBlockId().orElseThrow(),
                KBlock.AXIOM,
                loss,
                words.justification(),
                loss.celebration(words));
    }
}
