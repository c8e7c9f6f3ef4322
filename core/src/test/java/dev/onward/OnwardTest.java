package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.Flows.FlowSummary;
import dev.onward.Sessions.StartedSession;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.ConflictException;
import dev.onward.model.FirstDeclaration;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.model.SessionView;
import dev.onward.model.SessionView.SessionState;
import dev.onward.model.StepView.StepState;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SettableClock;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class OnwardTest {
    private static final String TOUR = """
            flow: tour
            title: A tour
            steps:
              - id: team
                title: Your team
                input:
                  type: object
                  required: [size]
                  properties:
                    size: { type: integer, minimum: 1 }
              - id: invite
                title: Invite somebody
                optional: true
            """;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final TestDatabase database;
    private final Onward onward;
    private final Sessions sessions;

    OnwardTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
        onward = Onward.builder(database.dataSource())
                .clock(clock)
                .flow("tour.yaml", TOUR)
                .build();
        sessions = onward.sessions();
    }

    @AfterEach
    void close() {
        onward.close();
        database.close();
    }

    @Test
    void walksASessionFromStartToCompletion() {
        SessionView started = sessions.startFor("ada", "tour");
        assertThat(started.state()).isEqualTo(SessionState.OPEN);
        assertThat(started.nextStep()).contains("team");
        assertThat(started.startedAt()).isEqualTo(clock.instant());

        SessionView answered = sessions.submit(started.id(), "team", Map.of("size", 3));
        assertThat(answered.step("team").orElseThrow().state()).isEqualTo(StepState.DONE);
        assertThat(answered.progress().done()).isEqualTo(1);
        SessionView skipped = sessions.skip(started.id(), "invite");

        assertThat(skipped.completed()).isTrue();
        assertThat(sessions.complete(started.id()).currentStep()).isEqualTo("completed");
        assertThat(sessions.get(started.id())).isEqualTo(sessions.complete(started.id()));
        assertThat(sessions.profile("ada").flows()).containsOnlyKeys("tour");
    }

    @Test
    void declaresOnceAndReturnsTheSameKBlock() {
        String id = sessions.start("genesis").id();
        FirstDeclaration declared = sessions.declare(id, "I want to write every day.");
        assertThat(sessions.declare(id, "I want to write every day.").kblockId())
                .isEqualTo(declared.kblockId());
        assertThat(sessions.kblock(declared.kblockId()).content()).isEqualTo("I want to write every day.");
        assertThatThrownBy(() -> sessions.declare(id, "Something else entirely."))
                .isInstanceOfSatisfying(
                        ConflictException.AlreadyDeclared.class,
                        exception -> assertThat(exception.session()).isEqualTo(sessions.get(id)));
    }

    @Test
    void resumesAUsersSessionInsteadOfStartingAnother() {
        StartedSession first = sessions.startOrResume("ada", "tour");
        StartedSession second = sessions.startOrResume("ada", "tour");
        assertThat(first.resumed()).isFalse();
        assertThat(second.resumed()).isTrue();
        assertThat(second.session().id()).isEqualTo(first.session().id());
        assertThat(sessions.findForUser("ada")).contains(second.session());
        assertThat(sessions.findForUser("ada", "genesis")).isEmpty();
    }

    @Test
    void executesACallWithAnIdempotencyKeyOnce() {
        WriteOptions once = WriteOptions.none().idempotencyKey(UUID.randomUUID().toString());
        SessionView started = sessions.start("tour", once);
        assertThat(sessions.start("tour", once)).isEqualTo(started);
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("1");
        assertThatThrownBy(() -> sessions.start("genesis", once))
                .isInstanceOf(OnboardingException.IdempotencyKeyReused.class);

        WriteOptions claim = WriteOptions.none().idempotencyKey("claim-1");
        ClaimedSession claimed = sessions.claim(started.id(), "ada", ClaimPolicy.FAIL, claim);
        assertThat(claimed.outcome()).isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(sessions.claim(started.id(), "ada", ClaimPolicy.FAIL, claim)).isEqualTo(claimed);
        assertThat(sessions.claim(started.id(), "ada", ClaimPolicy.FAIL).outcome())
                .isEqualTo(ClaimOutcome.ALREADY_YOURS);
    }

    @Test
    void anAnswerInAnotherOrderOrWithOtherNumberTypesIsTheSameCall() {
        assertThat(IdempotentCalls.text(ordered("a", 5, "b", 2L)))
                .isEqualTo(IdempotentCalls.text(ordered("b", 2, "a", 5.0)));
        assertThat(IdempotentCalls.text(ordered("a", 5, "b", 2)))
                .isNotEqualTo(IdempotentCalls.text(ordered("a", 2, "b", 5)));
        String id = sessions.start("tour").id();
        WriteOptions once = WriteOptions.none().idempotencyKey("team-1");
        SessionView answered = sessions.submit(id, "team", Map.of("size", 3), once);
        assertThat(sessions.submit(id, "team", Map.of("size", 3L), once)).isEqualTo(answered);
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, two);
        return fields;
    }

    @Test
    void rejectsAWriteThatExpectsAnotherRevision() {
        SessionView started = sessions.start("tour");
        WriteOptions expected = WriteOptions.none().expectedRevision(started.revision());
        sessions.submit(started.id(), "team", Map.of("size", 3), expected);
        assertThatThrownBy(() -> sessions.skip(started.id(), "invite", expected))
                .isInstanceOf(ConflictException.StaleRevision.class);
    }

    @Test
    void reportsTheViolationsOfAnAnswer() {
        String id = sessions.start("tour").id();
        assertThatThrownBy(() -> sessions.submit(id, "team", Map.of("size", 0)))
                .isInstanceOfSatisfying(
                        OnboardingException.InvalidAnswer.class,
                        invalid -> assertThat(invalid.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.pointer()).isEqualTo("/size")));
        assertThatThrownBy(() -> sessions.submit(id, "nope", Map.of()))
                .isInstanceOf(OnboardingException.StepNotFound.class);
        assertThatThrownBy(() -> sessions.get("nope")).isInstanceOf(OnboardingException.SessionNotFound.class);
    }

    @Test
    void pagesThroughSessionsAndEvents() {
        List<String> ids = List.of(
                sessions.startFor("ada", "tour").id(),
                later().startFor("bob", "tour").id(),
                later().startFor("cy", "genesis").id());
        Page<?> first = sessions.list(SessionQuery.all().limit(2));
        Page<?> second = sessions.list(
                SessionQuery.all().limit(2).cursor(first.nextCursor().orElseThrow()));
        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1);
        assertThat(second.nextCursor()).isEmpty();
        assertThat(sessions.list(SessionQuery.all().flow("genesis")).items())
                .singleElement()
                .satisfies(found -> assertThat(found.id()).isEqualTo(ids.getLast()));
        assertThatThrownBy(() -> sessions.list(SessionQuery.all().cursor("x")))
                .isInstanceOf(IllegalArgumentException.class);

        sessions.submit(ids.getFirst(), "team", Map.of("size", 3));
        Page<OnboardingEvent> events = sessions.events(ids.getFirst(), 1);
        assertThat(events.items()).extracting(OnboardingEvent::type).containsExactly("started");
        assertThat(sessions.eventsAfter(ids.getFirst(), events.nextCursor().orElseThrow(), 5)
                        .items())
                .extracting(OnboardingEvent::type)
                .containsExactly("step_done");
    }

    private Sessions later() {
        clock.advance(Duration.ofSeconds(1));
        return sessions;
    }

    @Test
    void publishesListsAndChecksFlows() {
        assertThat(onward.flows().list()).extracting(FlowSummary::id).containsExactly("genesis", "tour");
        assertThat(onward.flows().publish(TOUR.replace("tour", "second")).result())
                .isEqualTo(PublishResult.PUBLISHED);
        assertThat(onward.flows().definition("second", 1).orElseThrow()).contains("\"second\"");
        assertThat(onward.flows().definition("second", 2)).isEmpty();
        assertThat(onward.flows().check("flow: x")).isNotEmpty();
        assertThatThrownBy(() -> onward.flows().publish("flow: x")).isInstanceOf(InvalidFlow.class);
    }

    @Test
    void publishesAFlowDefinedByValues() {
        Map<String, Object> definition = Map.of(
                "flow",
                "welcome",
                "title",
                "Welcome",
                "steps",
                List.of(Map.of(
                        "id",
                        "name",
                        "title",
                        "Your name",
                        "input",
                        Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string"))))));
        try (Onward other =
                Onward.builder(database.dataSource()).flow(definition).build()) {
            String id = other.sessions().start("welcome").id();
            assertThat(other.sessions()
                            .submit(id, "name", Map.of("name", "Ada"))
                            .completed())
                    .isTrue();
            assertThat(other.flows().definition("welcome", 1).orElseThrow())
                    .as("in the same order at every start: another order would be another version")
                    .startsWith("{\"flow\":\"welcome\",\"steps\":[{\"id\":\"name\",\"input\":{\"properties\"");
        }
        OnwardBuilder builder = Onward.builder(database.dataSource());
        assertThatThrownBy(() -> builder.flow(Map.of("flow", "x"))).isInstanceOf(InvalidFlow.class);
        assertThatThrownBy(() -> builder.flow(Map.of("flow", Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.Duration");
    }

    @Test
    void keepsTheOrderOfAnOrderedDefinition() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", Map.of("type", "string"));
        properties.put("company", Map.of("type", "string"));
        Map<String, Object> step =
                Map.of("id", "you", "title", "You", "input", Map.of("type", "object", "properties", properties));
        try (Onward other = Onward.builder(database.dataSource())
                .flow(Map.of("flow", "welcome", "title", "Welcome", "steps", List.of(step)))
                .build()) {
            assertThat(other.flows().definition("welcome", 1).orElseThrow())
                    .containsSubsequence("\"name\"", "\"company\"");
        }
    }

    @Test
    void cleansUpByItsRetentionAndReturnsTheNumberOfDeletedSessions() {
        String id = sessions.start("tour").id();
        database.execute("UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000'");
        assertThat(onward.cleanup().runOnce().deletedCount()).isEqualTo(1);
        assertThatThrownBy(() -> sessions.get(id)).isInstanceOf(OnboardingException.SessionNotFound.class);
        assertThat(onward.analytics().figures("tour").orElseThrow().dropped()).isEqualTo(1);
        assertThatThrownBy(() -> onward.cleanup().runOnce(Duration.ofMinutes(90)))
                .isInstanceOf(OnboardingException.InvalidField.class);
    }

    @Test
    void commitsTogetherWithTheCallersRows() throws SQLException {
        database.execute("CREATE TABLE tenants (name varchar(40))");
        String id = sessions.startFor("ada", "genesis").id();
        try (Connection connection = transaction()) {
            insertTenant(connection);
            SessionView completed = onward.using(connection).complete(id);
            assertThat(completed.completed()).isTrue();
            assertThat(onward.using(connection).get(id)).isEqualTo(completed);
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                assertThat(sessions.get(id).completed()).as("before the commit").isFalse();
            }
            connection.commit();
        }
        assertThat(sessions.get(id).completed()).isTrue();
        assertThat(database.query("SELECT name FROM tenants")).containsExactly("acme");
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isPresent();
    }

    @Test
    void rollsBackTogetherWithTheCallersRows() throws SQLException {
        database.execute("CREATE TABLE tenants (name varchar(40))");
        String id = sessions.startFor("ada", "genesis").id();
        SessionView before = sessions.get(id);
        try (Connection connection = transaction()) {
            insertTenant(connection);
            onward.using(connection).declare(id, "I want to write every day.");
            onward.using(connection).complete(id);
            onward.using(connection).startFor("bob", "tour");
            connection.rollback();
        }
        assertThat(sessions.get(id)).isEqualTo(before);
        assertThat(database.query("SELECT name FROM tenants")).isEmpty();
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("1");
        assertThat(database.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("0");
    }

    @Test
    void aFailedCallLeavesTheCallersTransactionUsable() throws SQLException {
        database.execute("CREATE TABLE tenants (name varchar(40))");
        String id = sessions.start("tour").id();
        try (Connection connection = transaction()) {
            insertTenant(connection);
            Sessions inTransaction = onward.using(connection);
            assertThatThrownBy(() -> inTransaction.complete(id)).isInstanceOf(ConflictException.StepsMissing.class);
            assertThatThrownBy(() -> inTransaction.get("nope")).isInstanceOf(OnboardingException.SessionNotFound.class);
            inTransaction.submit(id, "team", Map.of("size", 3));
            connection.commit();
        }
        assertThat(database.query("SELECT name FROM tenants")).containsExactly("acme");
        assertThat(sessions.get(id).step("team").orElseThrow().done()).isTrue();
    }

    @Test
    void rejectsAConnectionInAutoCommitMode() throws SQLException {
        String id = sessions.start("tour").id();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> onward.using(connection).complete(id))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("setAutoCommit(false)");
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insertTenant(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO tenants VALUES ('acme')");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
