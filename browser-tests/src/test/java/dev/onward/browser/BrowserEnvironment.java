package dev.onward.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a running server and its visitors. Server and browser are started once for all tests; each visitor has their
 * own cookies and storage. After each test, no visitor's browser may have reported an error.
 */
final class BrowserEnvironment implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrowserEnvironment.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visits.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(Visits.class, key -> new Visits(running(context)), Visits.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visits visits = context.getStore(NAMESPACE).get(Visits.class, Visits.class);
        if (visits != null) {
            Assertions.assertThat(visits.complaints()).isEmpty();
        }
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    private record Running(RestartableServer server, Chromium chromium) implements AutoCloseable {

        static Running start() {
            try {
                Path servers = Files.createDirectories(Path.of("target", "servers"));
                Path folder = Files.createTempDirectory(servers, "server").toAbsolutePath();
                Path flows = Files.createDirectory(folder.resolve("flows"));
                copy(Path.of("..", "examples", "flows"), flows);
                copy(Path.of("src", "test", "resources", "flows"), flows);
                return new Running(RestartableServer.start(folder), new Chromium());
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        private static void copy(Path from, Path to) throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
                for (Path file : files) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }

        @Override
        public void close() {
            chromium.close();
            server.close();
        }
    }

    /** The visitors of one test. */
    static final class Visits implements AutoCloseable {

        private final Running running;
        private final List<Visitor> visitors = new ArrayList<>();

        private Visits(Running running) {
            this.running = running;
        }

        RestartableServer server() {
            return running.server();
        }

        /** A visitor who prefers reduced motion, so that tests need not wait for animations. */
        Visitor visitor() {
            return visitor(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        }

        Visitor visitor(Browser.NewContextOptions options) {
            return welcome(running.chromium().context(options));
        }

        /** A folder for a browser's profile. */
        Path profile() {
            try {
                return Files.createTempDirectory(running.server().database().getParent(), "profile");
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        /** A visitor with a persistent profile. */
        Visitor visitorWithProfile(Path profile) {
            return welcome(running.chromium().withProfile(profile));
        }

        private Visitor welcome(BrowserContext context) {
            Visitor visitor = new Visitor(context, running.server().address());
            visitors.add(visitor);
            return visitor;
        }

        private List<String> complaints() {
            return visitors.stream()
                    .flatMap(visitor -> visitor.complaints().stream())
                    .toList();
        }

        @Override
        public void close() {
            visitors.forEach(Visitor::close);
        }
    }
}
