package dev.onward.server.http;

import dev.onward.session.Claimed;
import java.util.List;
import java.util.Optional;

/** What became of a claim. */
record ClaimedView(
        String outcome, Optional<String> superseded, List<String> merged, List<String> left, SessionView session) {

    static ClaimedView of(Claimed claimed) {
        return new ClaimedView(
                claimed.result().code(),
                claimed.superseded(),
                claimed.merged(),
                claimed.left(),
                SessionView.of(claimed.journey()));
    }
}
