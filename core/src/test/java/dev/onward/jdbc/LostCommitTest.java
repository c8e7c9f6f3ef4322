package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.OnboardingException;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.session.ClaimResult;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.session.VersionUpgrader.UpgradeResult;
import dev.onward.session.WriteConditions;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.ConcurrentCalls.CallOutcome;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.CuttingProxy.NextCommit;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit or its confirmation is lost: the caller still gets the true outcome. */
@Tag("postgresql")
@Order(1)
class LostCommitTest {
    private TestDatabase direct;
    private CuttingProxy proxy;
    private HikariDataSource pool;
    private Database database;
    private SessionService sessions;

    @BeforeEach
    void connectThroughTheProxy() {
        direct = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        URI address = URI.create(direct.jdbcUrl().substring("jdbc:".length()));
        proxy = CuttingProxy.to(address.getPort());
        HikariConfig config = new HikariConfig();
        // Sends every statement as text, so that the proxy can recognise it.
        config.setJdbcUrl("jdbc:postgresql://localhost:" + proxy.port() + address.getPath()
                + "?user=postgres&prepareThreshold=0");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(1_000);
        pool = new HikariDataSource(config);
        database = Database.open(pool);
        sessions = new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }

    @AfterEach
    void close() {
        database.close();
        pool.close();
        proxy.close();
        direct.close();
        assertThat(proxy.awaitsCommit())
                .as("a commit was to be lost, and none went by")
                .isFalse();
    }

    private String start() {
        return sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private String stored(String id) {
        return direct.query("SELECT revision, current_step, (SELECT count(*) FROM onboarding_kblocks k"
                        + " WHERE k.session_id = s.id), (SELECT count(*) FROM onboarding_events e"
                        + " WHERE e.session_id = s.id) FROM onboarding_sessions s WHERE id = '" + id + "'")
                .getFirst();
    }

    /** Many concurrent calls are batched, and the commits of some batches are lost. */
    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void batchedStartsHappenOnceAndAreConfirmed(NextCommit nextCommit) throws Exception {
        int callers = 64;
        proxy.nextCommit(nextCommit);
        List<Callable<String>> starts = Collections.nCopies(callers, () -> {
            String id = start();
            proxy.nextCommit(nextCommit);
            return id;
        });
        List<String> ids =
                ConcurrentCalls.run(starts).stream().map(CallOutcome::result).toList();
        proxy.nextCommit(NextCommit.PASSES);
        assertThat(proxy.commitsLost()).isGreaterThan(1);
        assertThat(ids)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(stored(id)).isEqualTo("1|started|0|1"));
        assertThat(direct.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("" + callers);
        assertThat(direct.query("SELECT count(*) FROM onboarding_events")).containsExactly("" + callers);
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aStartHappensOnceAndIsConfirmed(NextCommit nextCommit) {
        proxy.nextCommit(nextCommit);
        String id = start();
        assertThat(stored(id)).isEqualTo("1|started|0|1");
        assertThat(direct.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aDeclarationHappensOnceAndIsConfirmed(NextCommit nextCommit) {
        String id = start();
        proxy.nextCommit(nextCommit);
        DeclarationResult declared = sessions.declare(id, new Declaration("Once."));
        assertThat(stored(id)).isEqualTo("2|first_declaration|1|3");
        assertThat(direct.query("SELECT id FROM onboarding_kblocks")).containsExactly(declared.kblockId());
        assertThat(direct.query("SELECT user_id FROM onboarding_profiles")).containsExactly("ada");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aCompletionHappensOnceAndIsConfirmed(NextCommit nextCommit) {
        String id = start();
        proxy.nextCommit(nextCommit);
        assertThat(sessions.complete(id).session().completed()).isTrue();
        assertThat(stored(id)).isEqualTo("2|completed|0|2");
    }

    /** Options with an idempotency key. */
    private static <R> WriteConditions<R> idempotent(Function<R, String> answer) {
        return new WriteConditions<>(
                Optional.empty(),
                Optional.of(new WriteConditions.Idempotency<>("k".repeat(64), "f".repeat(64), answer)));
    }

    private void isKeptOnce(String answer) {
        assertThat(direct.query("SELECT answer FROM onboarding_idempotency_records"))
                .containsExactly(answer);
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void anIdempotentRequestHappensOnceAndItsResponseIsStoredOnce(NextCommit nextCommit) {
        String id = start();
        proxy.nextCommit(nextCommit);
        DeclarationResult declared =
                sessions.declare(id, new Declaration("Once."), idempotent(DeclarationResult::kblockId));
        assertThat(stored(id)).isEqualTo("2|first_declaration|1|3");
        isKeptOnce(declared.kblockId());
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void theResponseOfACallWithoutEffectIsStoredOnce(NextCommit nextCommit) {
        String id = start();
        sessions.complete(id);
        proxy.nextCommit(nextCommit);
        sessions.complete(id, idempotent(answer -> "the same"));
        assertThat(stored(id)).isEqualTo("2|completed|0|2");
        isKeptOnce("the same");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aRestartStartsOneSessionAndReturnsIt(NextCommit nextCommit) {
        String id = start();
        proxy.nextCommit(nextCommit);
        String replacementId =
                sessions.restart(id, WriteConditions.none()).session().id();
        assertThat(stored(id)).isEqualTo("2|started|0|2");
        assertThat(stored(replacementId)).isEqualTo("1|started|0|1");
        assertThat(direct.query("SELECT superseded_by FROM onboarding_sessions ORDER BY revision DESC"))
                .containsExactly(replacementId, "");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aClaimChangesBothSessionsOnceAndIsConfirmed(NextCommit nextCommit) {
        String usersSession = start();
        String id = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();
        String kblock = sessions.declare(id, new Declaration("Once.")).kblockId();
        proxy.nextCommit(nextCommit);
        ClaimResult claimed = sessions.claim(
                id,
                "ada",
                ClaimPolicy.MERGE_ANSWERS,
                idempotent(report -> report.merged().toString()));
        assertThat(claimed.merged()).containsExactly("first_declaration");
        assertThat(stored(usersSession)).isEqualTo("2|first_declaration|1|4");
        assertThat(stored(id)).isEqualTo("3|first_declaration|0|4");
        assertThat(sessions.kblock(kblock).sessionId()).isEqualTo(usersSession);
        isKeptOnce("[first_declaration]");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aClaimForAUserWithoutAnOpenSessionHappensOnceAndIsConfirmed(NextCommit nextCommit) {
        String id = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();
        proxy.nextCommit(nextCommit);
        assertThat(sessions.claim(id, "ada", ClaimPolicy.FAIL, WriteConditions.none())
                        .result())
                .isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(stored(id)).isEqualTo("2|started|0|2");
        assertThat(direct.query("SELECT id FROM onboarding_idempotency_records"))
                .as("nothing is left of the turn")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aClaimThatKeepsTheUsersOwnSessionHappensOnceAndIsConfirmed(NextCommit nextCommit) {
        String usersSession = start();
        String id = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();
        proxy.nextCommit(nextCommit);
        assertThat(sessions.claim(id, "ada", ClaimPolicy.KEEP_TARGET, WriteConditions.none())
                        .result())
                .isEqualTo(ClaimOutcome.KEPT_TARGET);
        assertThat(stored(usersSession)).isEqualTo("1|started|0|1");
        assertThat(stored(id)).isEqualTo("2|started|0|2");
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aSessionMovesToAnotherVersionOnceAndIsCountedOnce(NextCommit nextCommit) {
        String id = start();
        FlowDefinition next = FlowDefinition.of("genesis.yaml", """
                flow: genesis
                title: Genesis
                in_flight: migrate
                steps:
                  - {id: first_declaration, title: Declare, creates: kblock}
                """);
        Publisher publisher = new Publisher(database.flows(), InstantSource.system(), IdGenerator.random());
        publisher.publishFiles(List.of());
        publisher.publish(next, PublishMode.PUBLISH, FlowPublication.PublishOrigin.COMMAND);
        FlowCatalog flows = new PublishedFlowCatalog(database.flows(), System::nanoTime, _ -> {});
        Flow to = flows.find("genesis", 2).orElseThrow();
        String release = database.releases().open().getFirst().id();
        VersionUpgrader change =
                new VersionUpgrader(flows, database.sessions(), InstantSource.system(), IdGenerator.random());
        Session current = database.sessions().find(id).orElseThrow();

        proxy.nextCommit(nextCommit);

        assertThat(change.upgrade(current, to, release)).isEqualTo(UpgradeResult.MOVED);
        assertThat(stored(id)).isEqualTo("2|started|0|2");
        assertThat(database.releases().open().getFirst().moved()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = NextCommit.class,
            names = {"COMMIT_LOST", "RESPONSE_LOST"})
    void aDefinitionIsPublishedOnceAndConfirmed(NextCommit nextCommit) {
        Publisher publisher = new Publisher(database.flows(), InstantSource.system(), IdGenerator.random());
        proxy.nextCommit(nextCommit);
        assertThat(publisher.publish(
                        FlowDefinition.builtIn(), PublishMode.PUBLISH, FlowPublication.PublishOrigin.COMMAND))
                .isEqualTo(new PublishReport("genesis", 1, 1, PublishResult.PUBLISHED));
        assertThat(direct.query("SELECT count(*) FROM onboarding_releases")).containsExactly("1");
    }

    @Test
    void reportsAnUnknownOutcomeAndARetryIsHarmless() {
        String id = start();
        proxy.nextCommit(NextCommit.RESPONSE_LOST_AND_UNREACHABLE);
        Declaration once = new Declaration("Once.");
        assertThatThrownBy(() -> sessions.declare(id, once)).isInstanceOf(OnboardingException.OutcomeUnknown.class);
        assertThat(stored(id)).isEqualTo("2|first_declaration|1|3");

        proxy.allowConnections();
        DeclarationResult repeated = sessions.declare(id, once);
        assertThat(stored(id)).isEqualTo("2|first_declaration|1|3");
        assertThat(direct.query("SELECT id FROM onboarding_kblocks")).containsExactly(repeated.kblockId());
    }

    @Test
    void reportsAnUnavailableDatabaseAndRecoversWithoutARestart() {
        String id = start();
        proxy.cut();
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("Once.")))
                .isInstanceOf(OnboardingException.StoreUnavailable.class);
        assertThat(stored(id)).isEqualTo("1|started|0|1");

        proxy.allowConnections();
        sessions.declare(id, new Declaration("Once."));
        assertThat(stored(id)).isEqualTo("2|first_declaration|1|3");
    }
}
