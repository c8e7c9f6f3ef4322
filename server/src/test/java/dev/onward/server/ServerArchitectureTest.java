package dev.onward.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependencies between the server's packages. */
@AnalyzeClasses(packages = "dev.onward.server", importOptions = DoNotIncludeTests.class)
class ServerArchitectureTest {
    private static final String ROOT = "dev.onward.server.";
    private static final int MAX_FILES = 25;

    @ArchTest
    static final ArchRule configDependsOnNoOtherPackage = dependsOnlyOn("config");

    @ArchTest
    static final ArchRule opsDependsOnConfig = dependsOnlyOn("ops", "config");

    @ArchTest
    static final ArchRule storageDependsOnConfig = dependsOnlyOn("storage", "config");

    @ArchTest
    static final ArchRule cliDependsOnConfigAndStorage = dependsOnlyOn("cli", "config", "storage");

    @ArchTest
    static final ArchRule httpDependsOnOps = dependsOnlyOn("http", "ops");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.server.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theHttpAdapterUsesNoDatabase = noClasses()
            .that()
            .resideInAPackage("..http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.jdbc..", "javax.sql..", "com.zaxxer..", "org.postgresql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyTheHttpAdapterUsesTheHttpLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Set<String> unchecked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(somePackage -> !somePackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unchecked).as("packages without @NullMarked").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void noPackageHasMoreThanTwentyFiveFiles(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .isNotEmpty()
                    .allSatisfy((folder, size) ->
                            assertThat(size).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES));
        }
    }

    /** Of the server's packages, a package and its subpackages use themselves and the named ones only. */
    private static ArchRule dependsOnlyOn(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Stream.of(others))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.onward.server..").and(not(resideInAnyPackage(allowed))));
    }
}
