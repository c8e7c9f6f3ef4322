package dev.onward.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The dependencies between the packages of the web API, which uses no HTTP library. */
@AnalyzeClasses(packages = "dev.onward.web", importOptions = DoNotIncludeTests.class)
class WebArchitectureTest {
    private static final int MAX_FILES = 25;

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule webDependsOnCoreAndJsonAndNoHttpLibrary = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.onward..", "java..", "javax.crypto..", "org.jspecify..", "org.slf4j..", "tools.jackson..");

    @ArchTest
    static final ArchRule webDependsOnNoServerAndNoDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.server..", "dev.onward.jdbc..", "javax.sql..", "java.net.http..");

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Set<String> unchecked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(somePackage -> !somePackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unchecked).as("packages without @NullMarked").isEmpty();
    }

    @Test
    void noPackageHasMoreThanTwentyFiveFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                    .forEach((folder, count) ->
                            assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES));
        }
    }
}
