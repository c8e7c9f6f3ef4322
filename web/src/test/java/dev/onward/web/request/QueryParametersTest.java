package dev.onward.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.web.problem.ApiException;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    @Test
    void decodesNamesAndValues() {
        QueryParameters query = QueryParameters.parse("user%20id=a+b&flow=%C3%A9&broken=%zz&=x");

        assertThat(query.names()).containsExactly("user id", "flow", "broken");
        assertThat(query.text("user id")).contains("a b");
        assertThat(query.text("flow")).contains("é");
        assertThat(query.text("broken")).contains("%zz");
    }

    @Test
    void aNameWithoutAValueIsEmptyNotAbsent() {
        QueryParameters query = QueryParameters.parse("flow&user_id=");

        assertThat(query.text("flow")).contains("");
        assertThat(query.text("user_id")).contains("");
        assertThat(query.text("session_id")).isEmpty();
    }

    @Test
    void rejectsARepeatedParameter() {
        QueryParameters query = QueryParameters.parse("flow=a&flow=b");

        assertThatThrownBy(() -> query.text("flow"))
                .isInstanceOf(ApiException.class)
                .hasMessage("flow appears more than once: send it once.");
    }
}
