package dev.onward.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.InvalidField;
import dev.onward.model.OnboardingException.OutcomeUnknown;
import dev.onward.model.OnboardingException.RequestInProgress;
import dev.onward.model.OnboardingException.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnboardingProblemsTest {

    @ParameterizedTest
    @CsvSource({
        "userId,             user_id",
        "user_id,            user_id",
        "declaration,        declaration",
        "Idempotency-Key,    Idempotency-Key",
        "__Host-onward_tour, __Host-onward_tour"
    })
    void translatesAFieldToItsWireName(String field, String wireName) {
        Problem problem = OnboardingProblems.of(new InvalidField(field, "is blank"));

        assertThat(problem.detail()).isEqualTo(wireName + " is blank.");
        assertThat(problem.more()).containsEntry("field", wireName);
    }

    @Test
    void usesHttpTermsInsteadOfTheCoresMessage() {
        OnboardingException exception = new RequestInProgress();

        assertThat(OnboardingProblems.of(exception).detail())
                .contains("Idempotency-Key", "Retry")
                .isNotEqualTo(exception.getMessage());
    }

    @Test
    void namesTheNextActionForTheOperator() {
        Throwable cause = new IllegalStateException("secret");

        assertThat(OnboardingProblems.of(new StoreUnavailable("The file onward.db was moved", cause))
                        .detail())
                .startsWith("The file onward.db was moved. Nothing was changed. Ask the operator")
                .doesNotContain("secret");
        assertThat(OnboardingProblems.of(new OutcomeUnknown(cause)).detail())
                .contains("Read the session before you retry")
                .doesNotContain("secret");
    }
}
