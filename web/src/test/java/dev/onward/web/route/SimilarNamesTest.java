package dev.onward.web.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarNamesTest {
    private static final List<String> KNOWN_NAMES = List.of("flow", "user_id", "session_id", "declaration", "hours");

    @ParameterizedTest
    @CsvSource({
        "userId,       user_id",
        "UserID,       user_id",
        "user-id,      user_id",
        "user,         user_id",
        "flwo,         flow",
        "flows,        flow",
        "hour,         hours",
        "session,      session_id",
        "sesion_id,    session_id",
        "declarartion, declaration"
    })
    void findsTheMisspelledName(String sent, String suggestion) {
        assertThat(SimilarNames.nearest(sent, KNOWN_NAMES)).contains(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "colour", "fl", "follow-up", "loss", "metadata", "user_id\n", "us\u00e9r_id"})
    void findsNothingForADifferentName(String sent) {
        assertThat(SimilarNames.nearest(sent, KNOWN_NAMES)).isEmpty();
    }
}
