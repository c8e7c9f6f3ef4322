package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.Step;
import dev.onward.json.Json;
import dev.onward.kblock.KBlock;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are stored, which of them count, and which are rejected by every flow. */
@OnEachDatabase
class AnswersTest extends StoreTest {
    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("all.yaml", """
            flow: all
            title: All
            steps:
              - {id: plan, title: Plan, optional: true, input: {enum: [free, team]}}
              - {id: team, title: Team, when: {plan: {const: team}}, input: {type: string}}
              - {id: size, title: Size, when: {team: {const: large}}, input: {type: integer}}
              - {id: even, title: Even, optional: true, input: {type: integer, multipleOf: 2, minimum: 0}}
              - {id: price, title: Price, optional: true, input: {type: number, multipleOf: 0.01, maximum: 1000}}
              - {id: free, title: Anything, optional: true, input: {}}
              - {id: more, title: More, optional: true, input: {}}
              - {id: credo, title: Credo, optional: true, creates: kblock}
              - {id: motto, title: Motto, optional: true, creates: kblock}
              - {id: last, title: Last}
            """)));

    private final String id;

    AnswersTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00.123456Z"), FLOWS);
        id = sessions.start(StartRequest.of("all").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private Onboarding submit(String step, Object answer) {
        return sessions.submit(id, step, answer, WriteConditions.none());
    }

    private Object stored(String step) {
        return sessions.get(id).answers().submitted(step).orElseThrow().value();
    }

    private List<String> visible() {
        return sessions.get(id).visibleSteps().steps().stream().map(Step::id).toList();
    }

    /** The answer is rejected at this pointer, and nothing changes. */
    private void isRefused(String step, Object answer, String pointer) {
        Session before = sessions.get(id).session();
        assertThatThrownBy(() -> submit(step, answer))
                .isInstanceOfSatisfying(
                        OnboardingException.InvalidAnswer.class,
                        exception -> assertThat(exception.violations())
                                .extracting(Violation::pointer)
                                .containsExactly(pointer));
        assertThat(sessions.get(id).session()).isEqualTo(before);
    }

    @Test
    void keepsTheAnswerToAHiddenStepForWhenItIsVisibleAgain() {
        submit("plan", "team");
        submit("team", "large");
        submit("size", 12);
        submit("plan", "free");
        assertThat(visible()).doesNotContain("team", "size");
        assertThat(stored("size")).isEqualTo(12);
        assertThat(sessions.get(id).visibleSteps().done()).extracting(Step::id).containsExactly("plan");
        assertThat(sessions.get(id).session().currentStep()).isEqualTo("size");
        assertThatThrownBy(() -> submit("size", 13)).isInstanceOf(ConflictException.StepNotReachable.class);

        Onboarding back = submit("plan", "team");
        assertThat(back.visibleSteps().done()).extracting(Step::id).containsExactly("plan", "team", "size");
        assertThat(back.next().map(Step::id)).contains("even");
        assertThat(stored("size")).isEqualTo(12);
    }

    @Test
    void aSkippedStepMatchesNoCondition() {
        submit("plan", "team");
        assertThat(visible()).contains("team");
        sessions.skip(id, "plan", WriteConditions.none());
        assertThat(visible()).doesNotContain("team");
    }

    @Test
    void theAnswersOfASessionAreLimitedTo64KiB() {
        submit("free", "x");
        int other = sessions.get(id).answers().size();
        int wrapping = "\"more\":{\"answer\":\"\"},".length();
        String fits = "m".repeat(64 * 1024 - other - wrapping);
        Session before = sessions.get(id).session();
        assertThatThrownBy(() -> submit("more", fits + "m")).isInstanceOf(OnboardingException.AnswersTooLarge.class);
        assertThatThrownBy(() -> submit("more", "é" + fits.substring(1)))
                .as("bytes are counted, not characters")
                .isInstanceOf(OnboardingException.AnswersTooLarge.class);
        assertThat(sessions.get(id).session()).isEqualTo(before);

        assertThat(submit("more", fits).answers().size()).isEqualTo(64 * 1024);
        assertThat(stored("more")).isEqualTo(fits);
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("One more.")))
                .isInstanceOf(OnboardingException.AnswersTooLarge.class);
        submit("more", "less");
        sessions.declare(id, new Declaration("One more."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[null, true, false]",
                "{\"a\": {\"b\": [1, 2.50, -0.0, 1e300, 12345678901234567890, 1e-300]}}",
                "\"\\\"quoted\\\" \\\\ \\u0001 \\t ünï 🌟 \\u2028\"",
                "{\"\": \"\", \"~/\": {}, \"$ref\": \"#\", \"answer\": null, \"skipped\": true}",
                "[]"
            })
    void returnsAPlainValueAsSent(String json) {
        Object answer = Map.of("sent", new ArrayList<>(java.util.Arrays.asList(Json.read(json))));
        Onboarding answered = submit("free", answer);
        assertThat(stored("free")).isEqualTo(answer);
        assertThat(sessions.get(id)).isEqualTo(answered);
        assertThat(submit("free", answer).session().revision())
                .isEqualTo(answered.session().revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "\ud800", "\udc00 x", "\ud83c"})
    void rejectsTextThatCannotBeStoredWithItsPointer(String text) {
        isRefused("free", text, "");
        isRefused("free", Map.of("a/b", List.of("fine", Map.of("~", text))), "/a~1b/1/~0");
        isRefused("free", List.of(Map.of(text, "a name")), "/0");
        isRefused("plan", text, "");
        isRefused("credo", Map.of("declaration", text), "/declaration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "0e999999999",
                "1e2147483647",
                "1e400",
                "12345.6789e9999"
            })
    @Timeout(10)
    void rejectsAnEnormousNumberImmediately(String number) {
        Object answer = Objects.requireNonNull(Json.read(number));
        for (String step : List.of("even", "price", "free")) {
            isRefused(step, answer, "");
        }
        isRefused("free", Map.of("deep", List.of(answer)), "/deep/0");
    }

    @Test
    @Timeout(10)
    void acceptsANumberOfMaximumLength() {
        submit("even", Objects.requireNonNull(Json.read("2".repeat(900))));
        submit("even", Objects.requireNonNull(Json.read("1e399")));
        submit("price", Objects.requireNonNull(Json.read("19.990")));
        isRefused("even", Objects.requireNonNull(Json.read("1" + "3".repeat(899))), "");
        isRefused("price", Objects.requireNonNull(Json.read("0." + "9".repeat(390))), "");
        isRefused("price", Double.NaN, "");
        isRefused("free", Map.of("x", Double.POSITIVE_INFINITY), "/x");
    }

    private static Object nested(int levels) {
        Object value = "in the middle";
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("in", value);
        }
        return value;
    }

    @Test
    void rejectsValuesNestedDeeperThan32Levels() {
        submit("free", nested(32));
        assertThat(stored("free")).isEqualTo(nested(32));
        for (int levels : List.of(33, 1_000, 100_000)) {
            assertThatThrownBy(() -> submit("free", nested(levels)))
                    .isInstanceOf(OnboardingException.InvalidAnswer.class);
        }
        assertThat(stored("free")).isEqualTo(nested(32));
    }

    @Test
    void aSecondKBlockDoesNotReplaceTheFirstDeclaration() {
        String first = sessions.declare(id, new Declaration("What matters.")).kblockId();
        clock.advance(Duration.ofSeconds(1));
        submit("motto", Map.of("declaration", "Onward."));
        Onboarding onboarding = sessions.get(id);
        assertThat(onboarding.session().firstKBlockId()).contains(first);
        assertThat(onboarding.session().firstDeclaration()).contains("What matters.");
        String second =
                onboarding.answers().submitted("motto").orElseThrow().kblockId().orElseThrow();
        KBlock kblock = sessions.kblock(second);
        assertThat(kblock.content()).isEqualTo("Onward.");
        assertThat(kblock.sessionId()).isEqualTo(id);
        assertThat(kblock.userId()).contains("ada");
        assertThat(kblock.tags()).containsExactly("ftue", "user-generated");
        assertThat(sessions.kblock(first).tags()).contains("first-declaration");

        assertThat(submit("motto", Map.of("declaration", "Onward."))).isEqualTo(onboarding);
        assertThatThrownBy(() -> submit("motto", Map.of("declaration", "Backward.")))
                .isInstanceOf(ConflictException.AlreadyAnswered.class);
        assertThatThrownBy(() -> submit("credo", Map.of("declaration", "Backward.")))
                .isInstanceOf(ConflictException.AlreadyDeclared.class);
        assertThatThrownBy(() -> sessions.skip(id, "motto", WriteConditions.none()))
                .isInstanceOf(ConflictException.AlreadyAnswered.class);
        assertThat(database.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("2");
    }

    @Test
    void aSkippedDeclarationCanStillBeMade() {
        sessions.skip(id, "credo", WriteConditions.none());
        String kblock = sessions.declare(id, new Declaration("After all.")).kblockId();
        assertThat(sessions.get(id).session().firstKBlockId()).contains(kblock);
        assertThat(stored("credo")).isEqualTo(Map.of("declaration", "After all."));
    }

    @Test
    void submitRejectsInvalidDeclarations() {
        isRefused("credo", Map.of("declaration", " \n"), "/declaration");
        isRefused("credo", Map.of("declaration", "d".repeat(10_001)), "/declaration");
        isRefused("motto", Map.of("declaration", 7), "/declaration");
        isRefused("motto", Map.of(), "/declaration");
        submit("credo", Map.of("declaration", "d".repeat(10_000)));
    }

    @Test
    void aDeclarationWithFurtherFieldsIsTheSameDeclaration() {
        Map<String, Object> more = Map.of("declaration", "Mine.", "mood", "calm");
        Onboarding answered = submit("credo", more);
        assertThat(stored("credo")).isEqualTo(more);
        DeclarationResult again = sessions.declare(id, new Declaration("Mine."));
        assertThat(again.onboarding()).isEqualTo(answered);
        assertThat(answered.session().firstKBlockId()).contains(again.kblockId());
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("Another.")))
                .isInstanceOf(ConflictException.AlreadyDeclared.class);
    }
}
