package dev.onward.web.resource;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.SessionService;
import dev.onward.web.request.RequestBody;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.session.SessionReferenceReader;
import java.util.Optional;

/** The flow that a request names with {@code flow}. */
record FlowParameter(SessionService sessions) {
    /** The flow's id, which must be known. The flow itself is loaded only when a session starts. */
    String id(Optional<String> name) {
        return name.map(sessions::requireFlow).orElse(FlowCatalog.DEFAULT_FLOW);
    }

    /** The session that a request names; if it names a flow in its body, only that flow's cookie counts. */
    Optional<String> session(RoutedRequest request, SessionReferenceReader names) {
        RequestBody body = request.body();
        Optional<String> flow = body.text("flow");
        return (flow.isPresent() ? names.in(request, body, id(flow)) : names.in(request, body)).one();
    }
}
