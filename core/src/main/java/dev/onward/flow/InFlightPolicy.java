package dev.onward.flow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What happens to open sessions on other versions of a flow when a version becomes current. */
public sealed interface InFlightPolicy {

    /** They stay on their version. */
    record PinSessions() implements InFlightPolicy {}

    /**
     * They move to this version and keep their answers. A session whose answers do not fit stays on its version.
     *
     * @param steps maps steps of other versions to steps of this one; an empty value drops the answer on purpose. A
     * step that is not in the map keeps its id
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

    /** The name in the API and in flow files. */
    default String code() {
        return switch (this) {
            case PinSessions() -> "pin";
            case MigrateSessions migrate -> "migrate";
            case RestartSessions() -> "restart";
            case ExitSessions() -> "exit";
        };
    }
}
