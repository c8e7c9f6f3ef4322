package dev.onward.model;

import java.util.Locale;

/**
 * What became of a definition.
 *
 * @param flow the flow's id
 * @param version the version that has its content; the current one where it has none
 * @param current the version that is current now
 * @param result what publishing did
 */
public record PublishReport(String flow, int version, int current, PublishResult result) {

    /** What became of a definition that was to be published. */
    public enum PublishResult {
        /** Its content is new: it is the next version, and current. */
        PUBLISHED,
        /** It is what is current: nothing was changed. */
        UNCHANGED,
        /** Its content is that of another version, which stays where it is: an old file must not undo a release. */
        NOT_CURRENT,
        /** Its content is that of another version, which is current again. */
        MADE_CURRENT,
        /** Nothing was changed: a file of the servers defines this flow. */
        FROM_FILE;

        /** {@return the name in JSON} */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@return whether another version is current than before} */
        public boolean releases() {
            return switch (this) {
                case PUBLISHED, MADE_CURRENT -> true;
                case UNCHANGED, NOT_CURRENT, FROM_FILE -> false;
            };
        }
    }
}
