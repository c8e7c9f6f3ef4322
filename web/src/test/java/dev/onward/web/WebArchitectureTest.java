package dev.onward.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.onward.testing.PackageRules;

/** The dependencies between the packages of the web API, which uses no HTTP library. */
@AnalyzeClasses(packages = "dev.onward.web", importOptions = DoNotIncludeTests.class)
class WebArchitectureTest {

    @ArchTest
    static final ArchTests packages = ArchTests.in(PackageRules.class);

    @ArchTest
    static final ArchRule webDependsOnCoreAndJsonAndNoHttpLibrary = classes()
            .that()
            .resideOutsideOfPackage("dev.onward.web.jwt..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.onward..", "java..", "javax.crypto..", "org.jspecify..", "org.slf4j..", "tools.jackson..");

    @ArchTest
    static final ArchRule webDependsOnNoServerAndNoDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.server..", "dev.onward.jdbc..", "javax.sql..");

    /** It fetches the keys of identity providers. */
    @ArchTest
    static final ArchRule theJwtPackageDependsOnItsLibrariesAndOnNothingElseOfWeb = classes()
            .that()
            .resideInAPackage("dev.onward.web.jwt..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.onward.web.jwt..",
                    "dev.onward.transition..",
                    "com.nimbusds..",
                    "com.github.benmanes.caffeine..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().areStatic().should().beFinal();
}
