package dev.onward.session;

import dev.onward.kblock.Celebration;
import dev.onward.kblock.CelebrationWords;
import dev.onward.kblock.KBlock;
import dev.onward.kblock.Loss;

/**
 * A declaration that stands.
 *
 * @param justification why the loss is what it is, in the flow's words
 */
public record Declared(
        Journey journey, String kblockId, int layer, Loss loss, String justification, Celebration celebration) {

    /** @param journey of a session that holds a declaration */
    static Declared of(Journey journey) {
        Loss loss = Loss.of(journey.session().firstDeclaration().orElseThrow());
        CelebrationWords words = journey.flow()
                .declarationStep()
                .map(step -> step.celebration(loss.intensity()))
                .orElse(CelebrationWords.NONE);
        return new Declared(
                journey,
                journey.session().firstKBlockId().orElseThrow(),
                KBlock.AXIOM,
                loss,
                words.justification(),
                Celebration.of(loss, words));
    }
}
