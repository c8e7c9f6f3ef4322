package dev.onward.web.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.web.problem.ApiException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePatternTest {

    @ParameterizedTest
    @CsvSource({
        "/api/kblocks/abc,          abc",
        "/api/kblocks/a%2Fb,        a/b",
        "/api/kblocks/a+b,          a+b",
        "/api/kblocks/%C3%A9,       é",
        "/api//kblocks/abc,         abc",
        "/api/./kblocks/abc,        abc",
        "/api/x/../kblocks/abc,     abc",
        "/api;v=1/kblocks/abc;x=y,  abc",
    })
    void decodesAParameterAfterSplittingThePath(String path, String id) {
        assertThat(match("/api/kblocks/{id}", path)).contains(Map.of("id", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/kblocks", "/api/kblocks/", "/api/kblocks/a/b", "/api%2Fkblocks/a", "/API/kblocks/a"})
    void doesNotMatchAnotherPath(String path) {
        assertThat(match("/api/kblocks/{id}", path)).isEmpty();
    }

    @Test
    void aPlusTakesAllRemainingSegments() {
        assertThat(match("/web/{+file}", "/web/shared/base.css")).contains(Map.of("file", "shared/base.css"));
        assertThat(match("/web/{+file}", "/web/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%zz", "/api/%"})
    void rejectsAnInvalidEncoding(String path) {
        assertThatThrownBy(() -> RoutePath.of(path)).isInstanceOf(ApiException.class);
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        return RoutePattern.of(pattern).match(RoutePath.of(path));
    }
}
