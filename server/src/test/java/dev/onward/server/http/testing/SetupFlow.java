package dev.onward.server.http.testing;

/** The flow {@code setup} of {@link TestServer}, and answers to its steps. */
public final class SetupFlow {
    public static final String FLOW = "setup";
    public static final String TEAM = "{\"name\": \"Ada's\", \"size\": 3}";
    public static final String OTHER_TEAM = "{\"name\": \"Grace's\", \"size\": 4}";
    public static final String FREE = "\"free\"";
    public static final String PRO = "\"pro\"";
    public static final String BILLING = "{\"vat\": \"AT123\"}";
    public static final String NOTES = "\"We begin in May.\"";
    public static final String MOTTO = "\"Make it last.\"";

    private SetupFlow() {}

    /** A session with answers to the team and the free plan: {@code notes} and {@code motto} are available. */
    public static String startWithPlan(ApiClient api) {
        String session = api.startSessionIn(FLOW);
        begin(api, session);
        return session;
    }

    public static void begin(ApiClient api, String session) {
        api.submit(session, "team", TEAM).ok();
        api.submit(session, "plan", FREE).ok();
    }

    /** Completes the remaining steps; skips the notes. */
    public static ApiResponse finish(ApiClient api, String session) {
        api.action(session, "steps/notes/skip").ok();
        api.submit(session, "motto", MOTTO).ok();
        return api.action(session, "steps/ready").ok();
    }

    /** The JSON Pointer of a step in a session. */
    public static String step(String id) {
        return switch (id) {
            case "team" -> "/steps/0";
            case "plan" -> "/steps/1";
            case "billing" -> "/steps/2";
            case "notes" -> "/steps/3";
            case "motto" -> "/steps/4";
            case "ready" -> "/steps/5";
            default -> throw new IllegalArgumentException(id);
        };
    }
}
