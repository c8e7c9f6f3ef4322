package dev.onward.flow;

import java.util.Optional;

/**
 * A definition that is to be published.
 *
 * @param wish what shall become of it
 * @param releaseId names what this makes current, for the sessions under way
 */
public record Publication(Definition definition, Wish wish, String releaseId) {

    /** What shall become of a definition. */
    public enum Wish {
        /** New content becomes the next version, and current. Content that was published before changes nothing. */
        PUBLISH,
        /** As {@link #PUBLISH}, and content that was published before becomes current again. */
        MAKE_CURRENT,
        /** Only where nothing of this flow is published yet. */
        IF_NONE
    }

    /** From where a definition comes. */
    public enum Origin {
        /** A file of the servers. It defines its flow; the others' flows come from no file then. */
        FILE,
        /** The API, which changes no flow that a file defines. */
        API,
        /** The command line. */
        COMMAND
    }

    public String flow() {
        return definition.flow().id();
    }

    /**
     * What becomes of it. Pure.
     *
     * @param standing what is published of the flow
     */
    public Published decide(Optional<FlowVersions> standing, Origin origin) {
        int current = standing.map(FlowVersions::current).orElse(0);
        if (origin == Origin.API && standing.filter(FlowVersions::fromFile).isPresent()) {
            return new Published(flow(), current, current, Verdict.FROM_FILE);
        }
        int last = standing.filter(flow -> !flow.versions().isEmpty())
                .map(flow -> flow.versions().getLast().number())
                .orElse(0);
        Optional<Integer> same =
                standing.flatMap(flow -> flow.with(definition.hash())).map(FlowVersions.Version::number);
        if (same.isPresent()) {
            return again(same.get(), current);
        }
        return wish == Wish.IF_NONE && last > 0
                ? new Published(flow(), current, current, Verdict.UNCHANGED)
                : new Published(flow(), last + 1, last + 1, Verdict.PUBLISHED);
    }

    /** It was published before. */
    private Published again(int version, int current) {
        if (version == current) {
            return new Published(flow(), version, current, Verdict.UNCHANGED);
        }
        return wish == Wish.MAKE_CURRENT
                ? new Published(flow(), version, version, Verdict.MADE_CURRENT)
                : new Published(flow(), version, current, Verdict.NOT_CURRENT);
    }
}
