package dev.onward.transition;

import dev.onward.model.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * One person's way through one version of a flow, as it is kept.
 *
 * @param id who holds it may use the session: it is never logged
 * @param revision counts the changes made by Onward, from 1; 0 where other software made the session
 * @param recorded whether its events tell what its columns say; false only after other software wrote it
 * @param lastActiveAt when the person last answered, skipped or came back; empty until then
 * @param claimSecret what it takes in mode public beside the id; empty where the id alone opens it
 */
public record Session(
        String id,
        Optional<String> userId,
        String flow,
        int flowVersion,
        SessionProgress progress,
        AnswerState answerState,
        long revision,
        boolean recorded,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> lastActiveAt,
        Optional<ClaimSecret> claimSecret) {

    /** The milestone of a session in which nothing is done yet. */
    public static final String STARTED = "started";

    /** The milestone of a session that the product has completed; it is never left. */
    public static final String COMPLETED = "completed";

    /** A session that begins now. */
    public static Session begin(String id, Optional<String> userId, String flow, int flowVersion, Instant now) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                SessionProgress.BEGUN,
                AnswerState.NONE,
                0,
                true,
                now,
                now,
                Optional.empty(),
                Optional.empty());
    }

    public SessionState state() {
        return progress.state();
    }

    /** The milestone reached last. */
    public String currentStep() {
        return progress.currentStep();
    }

    public boolean completed() {
        return progress.completed();
    }

    public Optional<Instant> completedAt() {
        return progress.completedAt();
    }

    public Optional<Instant> dismissedAt() {
        return progress.dismissedAt();
    }

    /** The session that stands in its place. */
    public Optional<String> supersededBy() {
        return progress.supersededBy();
    }

    public Optional<String> firstDeclaration() {
        return answerState.firstDeclaration();
    }

    public Optional<String> firstKBlockId() {
        return answerState.firstKBlockId();
    }

    public Session with(SessionProgress other) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                other,
                answerState,
                revision,
                recorded,
                createdAt,
                updatedAt,
                lastActiveAt,
                claimSecret);
    }

    public Session with(AnswerState other) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                progress,
                other,
                revision,
                recorded,
                createdAt,
                updatedAt,
                lastActiveAt,
                claimSecret);
    }

    /** The same on another version of its flow. */
    Session on(int version) {
        return new Session(
                id,
                userId,
                flow,
                version,
                progress,
                answerState,
                revision,
                recorded,
                createdAt,
                updatedAt,
                lastActiveAt,
                claimSecret);
    }

    /** The same as a user's. */
    Session of(String user) {
        return new Session(
                id,
                Optional.of(user),
                flow,
                flowVersion,
                progress,
                answerState,
                revision,
                recorded,
                createdAt,
                updatedAt,
                lastActiveAt,
                claimSecret);
    }

    /** The same, opened in mode public by a secret beside its id; the one that it had where none is given. */
    public Session with(Optional<ClaimSecret> secret) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                progress,
                answerState,
                revision,
                recorded,
                createdAt,
                updatedAt,
                lastActiveAt,
                secret.or(() -> claimSecret));
    }

    /** The session as its next revision, changed now. */
    Session revised(Instant now) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                progress,
                answerState,
                revision + 1,
                true,
                createdAt,
                now,
                lastActiveAt,
                claimSecret);
    }

    /** The same with the person there at a time. */
    Session activeAt(Instant time) {
        return new Session(
                id,
                userId,
                flow,
                flowVersion,
                progress,
                answerState,
                revision,
                recorded,
                createdAt,
                updatedAt,
                Optional.of(time),
                claimSecret);
    }
}
