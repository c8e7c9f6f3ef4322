package dev.onward.session;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.flow.InFlight;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
