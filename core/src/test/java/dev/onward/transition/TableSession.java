package dev.onward.transition;

import dev.onward.model.ClaimPolicy;
import dev.onward.session.ClaimResult;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.session.VersionUpgrader.UpgradeResult;
import dev.onward.session.WriteConditions;
import java.util.List;
import java.util.Map;

/** A session of the table. */
record TableSession(SessionService sessions, VersionUpgrader change, String flow, String id, String user) {
    private static final Map<String, Object> ANSWERS = Map.of(
            "path",
            "long",
            "hello",
            Map.of(),
            "name",
            Map.of("name", "Ada"),
            "plan",
            "free",
            "team",
            3,
            "credo",
            Map.of("declaration", "credo"),
            "notes",
            "n",
            "tips",
            "t",
            "last",
            Map.of());

    /**
     * Performs steps: {@code step}, {@code step=answer} or {@code -step}, which skips it; {@code claimed} gives the
     * session to the user.
     */
    void walk(List<String> actions) {
        actions.forEach(step -> {
            if (step.equals("claimed")) {
                claim(ClaimPolicy.FAIL);
            } else if (step.startsWith("-")) {
                skip(step.substring(1));
            } else if (step.contains("=")) {
                submit(step.substring(0, step.indexOf('=')), step.substring(step.indexOf('=') + 1));
            } else if (!step.isEmpty()) {
                submit(step);
            }
        });
    }

    DeclarationResult declare(String text) {
        return sessions.declare(id, new Declaration(text));
    }

    Onboarding submit(String step) {
        return submit(step, ANSWERS.getOrDefault(step, Map.of()));
    }

    Onboarding submit(String step, Object answer) {
        return sessions.submit(id, step, answer, WriteConditions.none());
    }

    Onboarding skip(String step) {
        return sessions.skip(id, step, WriteConditions.none());
    }

    Onboarding complete() {
        return sessions.complete(id);
    }

    /** Moves the session to version 1 of its flow. */
    UpgradeResult upgrade() {
        return change.upgrade(
                sessions.get(id).session(), TableFlows.catalog().find(flow, 1).orElseThrow(), "release");
    }

    ClaimResult claim(ClaimPolicy policy) {
        return sessions.claim(id, user, policy, WriteConditions.none());
    }

    /** The claim of another user than the session's. */
    ClaimResult claimByAnother() {
        return sessions.claim(id, user + " II", ClaimPolicy.KEEP_FURTHEST, WriteConditions.none());
    }

    /** The user has another open session with the same progress. */
    TableSession beside(String steps) {
        other(steps);
        return this;
    }

    /** The user has another, dismissed session with the same progress. */
    TableSession besideDismissed(String steps) {
        sessions.dismiss(other(steps), WriteConditions.none());
        return this;
    }

    /** The user has another, completed session with the same progress. */
    TableSession besideCompleted(String steps) {
        TableSession session = started();
        session.submit("path", "short");
        session.complete();
        session.submit("path");
        session.walk(List.of(steps.split(" ", -1)));
        return this;
    }

    private String other(String steps) {
        TableSession session = started();
        session.submit("path");
        session.walk(List.of(steps.split(" ", -1)));
        return session.id();
    }

    private TableSession started() {
        String other = sessions.start(StartRequest.of(flow).by(user))
                .onboarding()
                .session()
                .id();
        return new TableSession(sessions, change, flow, other, user);
    }
}
