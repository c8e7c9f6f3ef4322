package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.Step;
import dev.onward.json.Json;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Onboarding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Numbers are compared by value, whatever their Java type or notation. */
@OnEachDatabase
class NumbersByValueTest extends StoreTest {
    private static final Flow FLOW = FlowReader.review("team.yaml", """
            flow: team
            title: Team
            steps:
              - {id: free, title: Free, revisable: true, input: {}}
              - {id: fixed, title: Fixed, revisable: false, input: {}}
            """);

    private static final Flow BRANCHES = FlowReader.review("branches.yaml", """
            flow: branches
            title: Branches
            steps:
              - {id: size, title: Size, revisable: true, input: {}}
              - {id: constant, title: Constant, when: {size: {const: 5}}}
              - {id: listed, title: Listed, when: {size: {enum: [1, 5.0, ten]}}}
              - {id: choice, title: Choice, when: {size: {oneOf: [{const: 5, title: Five}, {const: 6, title: Six}]}}}
              - {id: nested, title: Nested, when: {size: {const: {seats: [5, 0.1]}}}}
              - {id: nested_list, title: Nested, when: {size: {enum: [{seats: [5.0, 0.10]}]}}}
            """);

    private static final List<Object> FIVES = List.of(
            5,
            5L,
            (short) 5,
            (byte) 5,
            5.0,
            5.0f,
            new BigDecimal("5"),
            new BigDecimal("5.0"),
            new BigDecimal("5.00"),
            new BigDecimal("0.5E+1"),
            BigInteger.valueOf(5),
            new AtomicLong(5));

    private static final List<Object> TENTHS = List.of(0.1, 0.1f, new BigDecimal("0.1"), new BigDecimal("0.100"));

    NumbersByValueTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00.123456Z"), FlowCatalog.of(List.of(FLOW, BRANCHES)));
    }

    private String started(String flow) {
        return sessions.start(StartRequest.of(flow)).onboarding().session().id();
    }

    private Onboarding submit(String id, String step, Object answer) {
        return sessions.submit(id, step, answer, WriteConditions.none());
    }

    private void everyPairIsOneAnswer(List<Object> numbers) {
        for (Object first : numbers) {
            for (Object again : numbers) {
                String id = started("team");
                submit(id, "free", first);
                submit(id, "fixed", first);
                long revision = sessions.get(id).session().revision();

                submit(id, "free", again);
                submit(id, "fixed", again);

                assertThat(sessions.get(id).session().revision())
                        .as("%s %s, then %s %s", first.getClass(), first, again.getClass(), again)
                        .isEqualTo(revision);
            }
        }
    }

    @Test
    void theSameNumberInAnotherTypeChangesNothing() {
        everyPairIsOneAnswer(FIVES);
    }

    @Test
    void theSameFractionInAnotherTypeChangesNothing() {
        everyPairIsOneAnswer(TENTHS);
    }

    @Test
    void theSameNumbersInsideListsAndMapsChangeNothing() {
        everyPairIsOneAnswer(List.of(
                Map.of("seats", List.of(5, Map.of("rate", 0.1))),
                Map.of("seats", List.of(5L, Map.of("rate", new BigDecimal("0.10")))),
                Map.of("seats", List.of(5.0, Map.of("rate", 0.1f)))));
    }

    @Test
    void anotherNumberIsAnotherAnswer() {
        BigInteger large = BigInteger.TWO.pow(70);
        List<List<Object>> different = List.of(
                List.of(5, 6),
                List.of(9007199254740993L, 9007199254740992.0),
                List.of(large, large.add(BigInteger.ONE)),
                List.of(0.1, new BigDecimal("0.10000000000000000001")),
                List.of(5, "5"),
                List.of(List.of(5, 5), List.of(5)),
                List.of(Map.of("a", 5), Map.of("b", 5)));
        for (List<Object> pair : different) {
            String id = started("team");
            submit(id, "free", pair.getFirst());
            submit(id, "fixed", pair.getFirst());
            long revision = sessions.get(id).session().revision();

            submit(id, "free", pair.getLast());

            assertThat(sessions.get(id).session().revision()).as("%s", pair).isEqualTo(revision + 1);
            assertThatThrownBy(() -> submit(id, "fixed", pair.getLast()))
                    .isInstanceOf(ConflictException.AlreadyAnswered.class);
        }
    }

    @Test
    void aNumberIsStoredExactly() {
        List<List<Object>> stored = List.of(
                List.of(0.1, "0.1"),
                List.of(0.1f, "0.1"),
                List.of(5.0, "5.0"),
                List.of(5L, "5"),
                List.of(new BigDecimal("5.10"), "5.10"),
                List.of(new BigDecimal("0.1000000000000000055511151231257827"), "0.1000000000000000055511151231257827"),
                List.of(Long.MAX_VALUE, "9223372036854775807"),
                List.of(BigInteger.TWO.pow(100), "1267650600228229401496703205376"),
                List.of(Map.of("n", List.of(0.1f)), "{\"n\":[0.1]}"));
        for (List<Object> pair : stored) {
            String id = started("team");

            Object returned = answer(submit(id, "free", pair.getFirst()));

            assertThat(database.query("SELECT answers FROM onboarding_sessions WHERE id = '" + id + "'")
                            .getFirst())
                    .isEqualTo("{\"free\":{\"answer\":" + pair.getLast() + "}}");
            assertThat(returned).as("as it is read later").isEqualTo(answer(sessions.get(id)));
            assertThat(Json.write(returned)).isEqualTo(pair.getLast());
        }
    }

    private static Object answer(Onboarding onboarding) {
        return onboarding.answers().submitted("free").orElseThrow().value();
    }

    @Test
    void doesNotChangeNullsAndOtherValues() {
        String id = started("team");
        Object answer = Objects.requireNonNull(Json.read("{\"a\":null,\"b\":[null,true,\"x\"]}"));
        submit(id, "free", 1);
        submit(id, "fixed", answer);
        long revision = sessions.get(id).session().revision();

        submit(id, "fixed", answer);

        assertThat(sessions.get(id).session().revision()).isEqualTo(revision);
        assertThat(sessions.get(id).answers().submitted("fixed").orElseThrow().value())
                .isEqualTo(answer);
    }

    @Test
    void rejectsNotANumber() {
        String id = started("team");
        for (Object none : List.of(Double.NaN, Float.NaN, Float.POSITIVE_INFINITY, List.of(Double.NEGATIVE_INFINITY))) {
            assertThatThrownBy(() -> submit(id, "free", none)).isInstanceOf(OnboardingException.InvalidAnswer.class);
        }
    }

    @Test
    void aConditionMatchesTheSameNumberInAnyNotation() {
        for (Object five : FIVES) {
            String id = started("branches");

            Onboarding submitted = submit(id, "size", five);

            assertThat(visible(submitted))
                    .as("%s %s", five.getClass(), five)
                    .containsExactly("size", "constant", "listed", "choice");
            assertThat(visible(sessions.get(id))).isEqualTo(visible(submitted));
        }
    }

    @Test
    void aConditionOnNumbersInMapsMatchesAnyNotation() {
        for (Object seats : Arrays.asList(List.of(5, 0.1), List.of(5.0, 0.1f), List.of(5L, new BigDecimal("0.10")))) {
            String id = started("branches");

            Onboarding submitted = submit(id, "size", Map.of("seats", seats));

            assertThat(visible(submitted)).as("%s", seats).containsExactly("size", "nested", "nested_list");
            assertThat(visible(sessions.get(id))).isEqualTo(visible(submitted));
        }
    }

    private static List<String> visible(Onboarding onboarding) {
        return Step.ids(onboarding.visibleSteps().steps());
    }
}
