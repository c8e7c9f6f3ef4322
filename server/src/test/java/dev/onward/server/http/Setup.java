package dev.onward.server.http;

/** The flow {@code setup} of {@link Site}, and answers to its steps. */
final class Setup {
    static final String FLOW = "setup";
    static final String TEAM = "{\"name\": \"Ada's\", \"size\": 3}";
    static final String OTHER_TEAM = "{\"name\": \"Grace's\", \"size\": 4}";
    static final String FREE = "\"free\"";
    static final String PRO = "\"pro\"";
    static final String BILLING = "{\"vat\": \"AT123\"}";
    static final String NOTES = "\"We begin in May.\"";
    static final String MOTTO = "\"Make it last.\"";

    private Setup() {}

    /** A session in which the team and the free plan are chosen: {@code notes} and {@code motto} can be done. */
    static String begun(Api api) {
        String session = api.startedIn(FLOW);
        begin(api, session);
        return session;
    }

    static void begin(Api api, String session) {
        api.submit(session, "team", TEAM).ok();
        api.submit(session, "plan", FREE).ok();
    }

    /** Does what is left behind the plan, the notes left out. */
    static Reply finish(Api api, String session) {
        api.act(session, "steps/notes/skip").ok();
        api.submit(session, "motto", MOTTO).ok();
        return api.act(session, "steps/ready").ok();
    }

    /** Where a step stands among the steps of a view. */
    static String step(String id) {
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
