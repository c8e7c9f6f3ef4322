package dev.onward.server.http;

import dev.onward.testing.DatabaseKind;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** One installation for all tests of a class; each test makes sessions of its own in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpTest {
    @Parameter
    DatabaseKind kind;

    Site site;
    Api api;

    /** The installation that the class is about. */
    Site site(DatabaseKind kind) {
        return Site.local(kind);
    }

    @BeforeParameterizedClassInvocation
    void open() {
        site = site(kind);
        api = site.api();
    }

    @AfterParameterizedClassInvocation
    void close() {
        site.close();
    }
}
