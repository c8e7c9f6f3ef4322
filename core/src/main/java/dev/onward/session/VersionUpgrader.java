package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.flow.InFlightPolicy;
import dev.onward.session.UnitOfWork.CommitResult;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import dev.onward.transition.SessionAction;
import dev.onward.transition.TransitionResult;
import dev.onward.transition.Transitions;
import dev.onward.transition.VersionUpgrade;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves open sessions to another version of their flow, each in its own transaction, by the same rules as all other
 * changes. Thread-safe; throws the exceptions of {@link SessionStore}.
 */
public final class VersionUpgrader {
    private final FlowCatalog flows;
    private final SessionStore store;
    private final InstantSource clock;
    private final Transitions transitions;

    public VersionUpgrader(FlowCatalog flows, SessionStore store, InstantSource clock, IdGenerator ids) {
        this.flows = flows;
        this.store = store;
        this.clock = clock;
        this.transitions = new Transitions(ids);
    }

    /** Whether an open session can be moved to another version of its flow. */
    public boolean fits(Session session, Flow to) {
        return action(session, to).isPresent();
    }

    /**
     * Moves a session to another version of its flow.
     *
     * @param session the session as it was read, possibly a while ago
     * @param release counts moved sessions; moves none once it has ended
     */
    public UpgradeResult upgrade(Session session, Flow to, String release) {
        RetryDeadline deadline = new RetryDeadline();
        Optional<Session> current = Optional.of(session);
        do {
            if (current.isEmpty() || current.get().flowVersion() == to.version()) {
                return UpgradeResult.NOT_NEEDED;
            }
            Optional<SessionAction> action = action(current.get(), to);
            if (action.isEmpty()) {
                return UpgradeResult.INCOMPATIBLE;
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            switch (transitions.apply(new Onboarding(current.get(), to), action.get(), now)) {
                case TransitionResult.Changed changed -> {
                    UnitOfWork writing = new UnitOfWork(
                            changed.changes(), changed.preconditions(), Optional.empty(), Optional.of(release));
                    switch (store.write(writing)) {
                        case DONE, DUPLICATE -> {
                            return UpgradeResult.MOVED;
                        }
                        case RELEASE_ENDED -> {
                            return UpgradeResult.RELEASE_ENDED;
                        }
                        case CONFLICT -> {}
                    }
                }
                case TransitionResult.Unchanged() -> {
                    return UpgradeResult.NOT_NEEDED;
                }
                case TransitionResult.Rejected rejected -> {
                    return UpgradeResult.NOT_NEEDED;
                }
            }
            current = store.find(session.id());
        } while (deadline.lasts());
        return UpgradeResult.CONTENDED;
    }

    /**
     * Moves many sessions to another version of their flow in one transaction, as far as possible.
     *
     * @param sessions the sessions as they were read, possibly a while ago
     * @return the results by session id; a missing session must be moved alone
     */
    public Map<String, UpgradeResult> upgradeBatch(List<Session> sessions, Flow to, String release) {
        Map<String, UpgradeResult> upgraded = new HashMap<>();
        Map<String, UnitOfWork> unitsOfWork = new LinkedHashMap<>();
        for (Session session : sessions) {
            try {
                writing(session, to, release)
                        .ifPresentOrElse(
                                writing -> unitsOfWork.put(session.id(), writing),
                                () -> upgraded.put(session.id(), UpgradeResult.INCOMPATIBLE));
            } catch (RuntimeException e) {
                // Moved alone, which reports the error.
            }
        }
        List<String> ids = List.copyOf(unitsOfWork.keySet());
        Optional<List<CommitResult>> written =
                ids.isEmpty() ? Optional.empty() : store.writeBatch(List.copyOf(unitsOfWork.values()));
        written.ifPresent(each -> {
            for (int i = 0; i < ids.size(); i++) {
                switch (each.get(i)) {
                    case DONE, DUPLICATE -> upgraded.put(ids.get(i), UpgradeResult.MOVED);
                    case RELEASE_ENDED -> upgraded.put(ids.get(i), UpgradeResult.RELEASE_ENDED);
                    case CONFLICT -> {}
                }
            }
        });
        return upgraded;
    }

    /** Empty if the session does not fit. */
    private Optional<UnitOfWork> writing(Session session, Flow to, String release) {
        return action(session, to).map(action -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return switch (transitions.apply(new Onboarding(session, to), action, now)) {
                case TransitionResult.Changed changed ->
                    new UnitOfWork(changed.changes(), changed.preconditions(), Optional.empty(), Optional.of(release));
                case TransitionResult.Unchanged() -> throw new IllegalStateException("changes nothing");
                case TransitionResult.Rejected rejected -> throw new IllegalStateException("changes nothing");
            };
        });
    }

    private Optional<SessionAction> action(Session session, Flow to) {
        return switch (to.inFlight()) {
            case InFlightPolicy.PinSessions() -> Optional.empty();
            case InFlightPolicy.MigrateSessions migrate ->
                current(session)
                        .flatMap(onboarding -> VersionUpgrade.of(onboarding, to, migrate))
                        .map(SessionAction.UpgradeVersion::new);
            case InFlightPolicy.RestartSessions() -> Optional.of(new SessionAction.Replace(to));
            case InFlightPolicy.ExitSessions() -> Optional.of(new SessionAction.ExitSession());
        };
    }

    /** Empty if the session's own version cannot be read. */
    private Optional<Onboarding> current(Session session) {
        try {
            return flows.find(session.flow(), session.flowVersion()).map(flow -> new Onboarding(session, flow));
        } catch (FlowUnusableException e) {
            return Optional.empty();
        }
    }

    /** The result of moving a session to another version of its flow. */
    public enum UpgradeResult {
        /** It was moved. */
        MOVED,
        /** It stays on its version, because an answer or milestone has no place in the other one. */
        INCOMPATIBLE,
        /** It is not open any more, or was moved before. */
        NOT_NEEDED,
        /** Others kept changing it: try again later. */
        CONTENDED,
        /** The release has ended and moves no more sessions. */
        RELEASE_ENDED
    }
}
