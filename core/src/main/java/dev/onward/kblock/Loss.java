package dev.onward.kblock;

import dev.onward.model.FirstDeclaration.Celebration;
import dev.onward.model.FirstDeclaration.Intensity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How vague a declaration is, from 0.00 (precise) to 1.00, with two decimal places. <p>The measure is that of the
 * original software: over 80 characters 0.17, under 30 characters 0.55, otherwise 0.35.
 */
public record Loss(BigDecimal value) {

    public Loss {
        value = value.setScale(2, RoundingMode.HALF_UP);
    }

    /** The loss of a declaration; characters are code points, counted as sent. */
    public static Loss of(String declaration) {
        int characters = declaration.codePointCount(0, declaration.length());
        if (characters > 80) {
            return new Loss(new BigDecimal("0.17"));
        }
        return new Loss(new BigDecimal(characters < 30 ? "0.55" : "0.35"));
    }

    /** 1 - loss. */
    public BigDecimal confidence() {
        return BigDecimal.ONE.subtract(value);
    }

    public Intensity intensity() {
        if (below("0.2")) {
            return Intensity.HIGH;
        }
        return below("0.5") ? Intensity.MEDIUM : Intensity.LOW;
    }

    /** The color of the celebration, as {@code #rrggbb}. */
    public String color() {
        if (below("0.1")) {
            return "#c4a77d";
        }
        if (below("0.3")) {
            return "#7a9d7a";
        }
        return below("0.5") ? "#8a8a94" : "#7a85a0";
    }

    /** The celebration of a declaration with this loss, in the flow's words. */
    public Celebration celebration(CelebrationWords words) {
        return new Celebration(true, words.emoji(), words.message(), color(), intensity());
    }

    private boolean below(String bound) {
        return value.compareTo(new BigDecimal(bound)) < 0;
    }
}
