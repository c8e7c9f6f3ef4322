package dev.onward.session;

import dev.onward.kblock.CelebrationWords;
import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;
import dev.onward.model.FirstDeclaration.Celebration;
import dev.onward.transition.Onboarding;

/**
 * An accepted declaration.
 *
 * @param justification the reason for the loss, in the flow's words
 */
public record DeclarationResult(
        Onboarding onboarding, String kblockId, int layer, Loss loss, String justification, Celebration celebration) {

    /** @param onboarding a session with a declaration */
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
