package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.flow.InFlight;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings sessions that are under way to another version of their flow, each in a transaction of its own, by the rules
 * of all other changes. Thread-safe; throws what {@link SessionStore} throws.
 */
public final class VersionChange {
    private final FlowCatalog flows;
    private final SessionStore store;
    private final InstantSource clock;
    private final Transitions transitions;

    public VersionChange(FlowCatalog flows, SessionStore store, InstantSource clock, Ids ids) {
        this.flows = flows;
        this.store = store;
        this.clock = clock;
        this.transitions = new Transitions(ids);
    }

    /** Whether an open session can be brought to another version of its flow, as that version says. */
    public boolean fits(Session session, Flow to) {
        return action(session, to).isPresent();
    }

    /**
     * Brings a session to another version of its flow, as that version says.
     *
     * @param session as it was read, which may be a while ago
     * @param release counts what is moved, and moves nobody once it is over
     */
    public Brought bring(Session session, Flow to, String release) {
        Patience patience = new Patience();
        Optional<Session> standing = Optional.of(session);
        do {
            if (standing.isEmpty() || standing.get().flowVersion() == to.version()) {
                return Brought.PASSED_OVER;
            }
            Optional<Action> action = action(standing.get(), to);
            if (action.isEmpty()) {
                return Brought.LEFT_BEHIND;
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            switch (transitions.apply(new Journey(standing.get(), to), action.get(), now)) {
                case Outcome.Changed changed -> {
                    Writing writing =
                            new Writing(changed.changes(), changed.premises(), Optional.empty(), Optional.of(release));
                    switch (store.write(writing)) {
                        case DONE, REPEATED -> {
                            return Brought.MOVED;
                        }
                        case RELEASE_OVER -> {
                            return Brought.TOO_LATE;
                        }
                        case OVERTAKEN -> {}
                    }
                }
                case Outcome.Done(), Outcome.Refused _ -> {
                    return Brought.PASSED_OVER;
                }
            }
            standing = store.find(session.id());
        } while (patience.lasts());
        return Brought.HELD_UP;
    }

    /**
     * Brings many sessions to another version of their flow in one transaction, as far as that can be done at once.
     *
     * @param sessions as they were read, which may be a while ago
     * @return what became of each by its id; who is missing has to be brought alone
     */
    public Map<String, Brought> bringTogether(List<Session> sessions, Flow to, String release) {
        Map<String, Brought> brought = new HashMap<>();
        Map<String, Writing> writings = new LinkedHashMap<>();
        for (Session session : sessions) {
            try {
                writing(session, to, release)
                        .ifPresentOrElse(
                                writing -> writings.put(session.id(), writing),
                                () -> brought.put(session.id(), Brought.LEFT_BEHIND));
            } catch (RuntimeException e) {
                // It is brought alone, and its caller is told.
            }
        }
        List<String> ids = List.copyOf(writings.keySet());
        Optional<List<Written>> written =
                ids.isEmpty() ? Optional.empty() : store.writeTogether(List.copyOf(writings.values()));
        written.ifPresent(each -> {
            for (int i = 0; i < ids.size(); i++) {
                switch (each.get(i)) {
                    case DONE, REPEATED -> brought.put(ids.get(i), Brought.MOVED);
                    case RELEASE_OVER -> brought.put(ids.get(i), Brought.TOO_LATE);
                    case OVERTAKEN -> {}
                }
            }
        });
        return brought;
    }

    /** Empty where the session does not fit. */
    private Optional<Writing> writing(Session session, Flow to, String release) {
        return action(session, to).map(action -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return switch (transitions.apply(new Journey(session, to), action, now)) {
                case Outcome.Changed changed ->
                    new Writing(changed.changes(), changed.premises(), Optional.empty(), Optional.of(release));
                case Outcome.Done(), Outcome.Refused _ -> throw new IllegalStateException("changes nothing");
            };
        });
    }

    private Optional<Action> action(Session session, Flow to) {
        return switch (to.inFlight()) {
            case InFlight.Pin() -> Optional.empty();
            case InFlight.Migrate migrate ->
                standing(session)
                        .flatMap(journey -> Migration.of(journey, to, migrate))
                        .map(Action.Migrate::new);
            case InFlight.Restart() -> Optional.of(new Action.Replace(to));
            case InFlight.Exit() -> Optional.of(new Action.Exit());
        };
    }

    /** Empty where the session's own version cannot be read. */
    private Optional<Journey> standing(Session session) {
        try {
            return flows.find(session.flow(), session.flowVersion()).map(flow -> new Journey(session, flow));
        } catch (FlowUnusableException e) {
            return Optional.empty();
        }
    }
}
