package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.ChildProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.ServerJava;
import dev.onward.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles and runs a named module that uses Onward, like an application on the module path. */
class ModuleBoundaryTest {
    private static final String ONWARD = "dev.onward.core";

    /** Raise it for a new subject only: a small result, state or mode is nested in the type that it belongs to. */
    private static final int MOST_EXPORTED_TYPES = 28;

    /** The other modules of a consumer, and those that core's libraries need at run time. */
    private static final List<String> DRIVERS =
            List.of("org.xerial.sqlitejdbc", "org.postgresql.jdbc", "flyway.database.postgresql");

    private static final String CONSUMER_MODULE = """
            module consumer {
                requires dev.onward.core;
                requires org.xerial.sqlitejdbc;
                requires org.postgresql.jdbc;
            }
            """;

    private static final String CONSUMER = """
            package consumer;

            import dev.onward.Onward;
            import dev.onward.model.OnboardingException;
            import dev.onward.model.SessionView;
            import java.util.Map;
            import javax.sql.DataSource;
            import org.postgresql.ds.PGSimpleDataSource;
            import org.sqlite.SQLiteDataSource;

            public final class Main {
                private static final String TOUR = \"""
                        flow: tour
                        title: A tour
                        steps:
                          - id: visit
                            title: Your visit
                            input:
                              type: object
                              required: [at]
                              properties:
                                at: { type: string, format: date-time, pattern: ^2026 }
                        \""";

                public static void main(String[] args) {
                    try (Onward onward = Onward.builder(dataSource(args[0])).flow("tour.yaml", TOUR).build()) {
                        SessionView session = onward.sessions().startOrResume("user-1", "tour").session();
                        try {
                            onward.sessions().submit(session.id(), "visit", Map.of("at", "2026-02-30T10:00:00Z"));
                        } catch (OnboardingException.InvalidAnswer e) {
                            System.out.println("rejected");
                        }
                        onward.sessions().submit(session.id(), "visit", Map.of("at", "2026-02-28T10:00:00Z"));
                        System.out.println(onward.sessions().complete(session.id()).currentStep());
                        System.out.println(onward.getClass().getModule());
                        System.out.println("times: " + ModuleLayer.boot().findModule("com.ethlo.time").isPresent());
                    }
                }

                private static DataSource dataSource(String url) {
                    if (url.startsWith("jdbc:sqlite:")) {
                        SQLiteDataSource sqlite = new SQLiteDataSource();
                        sqlite.setUrl(url);
                        return sqlite;
                    }
                    PGSimpleDataSource postgresql = new PGSimpleDataSource();
                    postgresql.setUrl(url);
                    return postgresql;
                }
            }
            """;

    private final Path folder;

    ModuleBoundaryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void exportsOnlyTheFacadeAndItsModelAndOpensNothing() {
        ModuleDescriptor module = onward().descriptor();
        assertThat(module.exports())
                .allMatch(exports -> !exports.isQualified())
                .extracting(Exports::source)
                .containsExactlyInAnyOrder("dev.onward", "dev.onward.model");
        assertThat(module.opens()).isEmpty();
        assertThat(module.isOpen()).isFalse();
    }

    @Test
    void exportsFewTypes() throws IOException {
        assertThat(exportedClasses())
                .filteredOn(type -> !type.isMemberClass())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(MOST_EXPORTED_TYPES);
    }

    @Test
    void exportsTypesThatAreNestedInNoMoreThanOneOther() throws IOException {
        assertThat(exportedClasses())
                .filteredOn(Class::isMemberClass)
                .isNotEmpty()
                .allMatch(type -> !type.getEnclosingClass().isMemberClass());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.onward.session.SessionService",
                "dev.onward.flow.Flow",
                "dev.onward.json.Json",
                "dev.onward.jdbc.Database",
                "dev.onward.jdbc.batch.GroupCommit"
            })
    void aConsumerCannotImportInternalTypes(String type) throws IOException {
        String packageName = type.substring(0, type.lastIndexOf('.'));
        assertThat(compile("package consumer; import " + type + "; class Main {}"))
                .contains("error: package " + packageName + " is not visible")
                .contains("(package " + packageName
                        + " is declared in module dev.onward.core, which does not export it)");
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aConsumerRunsOnTheModulePath(DatabaseKind kind) throws IOException, InterruptedException {
        assertThat(compile(CONSUMER)).isEmpty();
        try (TestDatabase database = TestDatabase.empty(kind)) {
            Process process = ChildProcess.endingWithThisJvm(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=org.xerial.sqlitejdbc",
                            "--module-path",
                            classes() + File.pathSeparator + modulePath(),
                            "--module",
                            "consumer/consumer.Main",
                            database.jdbcUrl())
                    .redirectErrorStream(true)
                    .start());
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(printed.lines()).contains("rejected", "completed", "module dev.onward.core", "times: true");
            assertThat(process.exitValue()).isZero();
        }
    }

    /** javac's messages for the consumer's module. */
    private String compile(String main) throws IOException {
        List<Path> sources = List.of(
                Files.writeString(folder.resolve("module-info.java"), CONSUMER_MODULE),
                Files.writeString(folder.resolve("Main.java"), main));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            String output = classes().toString();
            List<String> options =
                    List.of("--release", "21", "--module-path", modulePath(), "--class-path", output, "-d", output);
            javac.getTask(messages, files, null, options, null, units).call();
        }
        return messages.toString();
    }

    /** The public classes of the exported packages, and those that are nested in them. */
    private static List<Class<?>> exportedClasses() throws IOException {
        Set<String> packages =
                onward().descriptor().exports().stream().map(Exports::source).collect(Collectors.toSet());
        try (ModuleReader reader = onward().open()) {
            return reader.list()
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
                    .<Class<?>>map(ModuleBoundaryTest::load)
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ModuleBoundaryTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private static ModuleReference onward() {
        return modules().find(ONWARD).orElseThrow();
    }

    private static ModuleFinder modules() {
        return ModuleFinder.of(ServerJava.classPath().toArray(Path[]::new));
    }

    /** Onward and its dependencies, without the libraries of the tests. */
    private static String modulePath() {
        ModuleFinder all = modules();
        Map<String, ModuleReference> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(DRIVERS);
        open.add(ONWARD);
        while (!open.isEmpty()) {
            String name = open.remove();
            all.find(name).filter(_ -> !found.containsKey(name)).ifPresent(module -> {
                found.put(name, module);
                module.descriptor().requires().stream().map(Requires::name).forEach(open::add);
            });
        }
        return found.values().stream()
                .map(module -> Path.of(module.location().orElseThrow()).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
