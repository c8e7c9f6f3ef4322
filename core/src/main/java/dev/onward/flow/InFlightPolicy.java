package dev.onward.flow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What happens to the open sessions on other versions of a flow when a version of it becomes current. */
public sealed interface InFlightPolicy {

    /** They go on with the version that they began. */
    record PinSessions() implements InFlightPolicy {}

    /**
     * They go on with this version, and keep their answers. A session whose answers do not fit stays on its version.
     *
     * @param steps to which step of this version a step of another one leads; where that is empty its answer is dropped
     *     on purpose. Steps that are not named lead to the step with the same id
     */
    record MigrateSessions(Map<String, Optional<String>> steps) implements InFlightPolicy {
        public MigrateSessions {
            steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        }
    }

    /** They are superseded by a new session of this version. */
    record RestartSessions() implements InFlightPolicy {}

    /** They are dismissed. */
    record ExitSessions() implements InFlightPolicy {}

    /** The name on the wire and in flow files. */
    default String code() {
        return switch (this) {
            case PinSessions() -> "pin";
            case MigrateSessions migrate -> "migrate";
            case RestartSessions() -> "restart";
            case ExitSessions() -> "exit";
        };
    }
}
