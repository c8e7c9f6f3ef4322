package dev.onward.server.http;

import dev.onward.flow.Published;

/** What became of a definition. */
record PublishedView(String flow, int version, int currentVersion, String verdict) {
    static PublishedView of(Published published) {
        return new PublishedView(
                published.flow(),
                published.version(),
                published.current(),
                published.verdict().code());
    }
}
