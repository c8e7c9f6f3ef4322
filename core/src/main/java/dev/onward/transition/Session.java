package dev.onward.transition;

import dev.onward.model.SessionView.SessionState;
import java.time.Instant;
import java.util.Optional;

/**
 * One person's progress through one version of a flow, as stored.
 *
 * @param id gives access to the session, so it is never logged
 * @param revision the number of changes by Onward, from 1; 0 if other software created the session
 * @param recorded whether its events match its columns; false only after a write by other software
 * @param lastActiveAt when the person last answered, skipped or returned; empty until then
 * @param claimSecret what mode public requires besides the id; empty if the id is enough
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

    /** The milestone of a new session. */
    public static final String STARTED = "started";

    /** The milestone of a completed session; it is final. */
    public static final String COMPLETED = "completed";

    /** A new session. */
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

    /** The latest milestone. */
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

    /** The session that replaces this one. */
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

    /** A copy on another version of its flow. */
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

    /** A copy that belongs to a user. */
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

    /** A copy with a claim secret; keeps its own if none is given. */
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

    /** A copy with the next revision, changed now. */
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

    /** A copy with the time of the person's last activity. */
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
