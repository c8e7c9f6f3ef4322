package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @Test
    void readsCookiesFromOneHeaderOrSeveral() {
        TestRequest request = TestRequest.of("GET", "/").header("Cookie", "a=1; b=\"two\"; a=3;nonsense", "c=x=y");

        assertThat(request.cookie("a")).containsExactly("1", "3");
        assertThat(request.cookie("b")).containsExactly("two");
        assertThat(request.cookie("c")).containsExactly("x=y");
        assertThat(request.cookieNames()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void readsTheMembersOfAListFromOneHeaderOrSeveral() {
        TestRequest request = TestRequest.of("GET", "/").header("X-List", "a, b", "c");

        assertThat(request.listHeader("x-list")).containsExactly("a", "b", "c");
        assertThat(request.header("x-list")).containsExactly("a, b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\nSet-Cookie: x=y", "one\ntwo", "é"})
    void aResponseHeaderCannotContainAnother(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ResponseHeader("X-Name", value));
    }

    @Test
    void aCookieIsHttpOnlyAndSameSite() {
        assertThat(new SetCookie("onward_genesis", "id", Duration.ofHours(1), true).header())
                .isEqualTo(new ResponseHeader(
                        "Set-Cookie", "onward_genesis=id; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"));
        assertThat(SetCookie.deleted("onward_genesis", false).header().value())
                .isEqualTo("onward_genesis=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; HttpOnly; SameSite=Lax");
    }
}
