package dev.onward.session;

import dev.onward.kblock.Celebration;
import dev.onward.kblock.Loss;

/**
 * A declaration that stands.
 *
 * @param justification why the loss is what it is, in the flow's words
 */
public record Declared(
        Journey journey, String kblockId, int layer, Loss loss, String justification, Celebration celebration) {}
