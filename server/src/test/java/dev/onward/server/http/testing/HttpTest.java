package dev.onward.server.http.testing;

import dev.onward.testing.DatabaseKind;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Base of tests that share one server per class; each test creates its own sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HttpTest {
    @Parameter
    public DatabaseKind kind;

    public TestServer server;
    public ApiClient api;

    /** Starts the server under test. */
    public TestServer server(DatabaseKind kind) {
        return TestServer.local(kind);
    }

    @BeforeParameterizedClassInvocation
    public void open() {
        server = server(kind);
        api = server.api();
    }

    @AfterParameterizedClassInvocation
    public void close() {
        server.close();
    }
}
