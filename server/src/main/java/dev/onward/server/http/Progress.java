package dev.onward.server.http;

import dev.onward.flow.Way;

/** How many of the steps that a person is led past are done. */
record Progress(int done, int total) {
    static Progress of(Way way) {
        return new Progress(way.done().size(), way.steps().size());
    }
}
