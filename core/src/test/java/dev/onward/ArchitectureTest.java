package dev.onward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** What holds the house together: who may know whom, and what nobody here does. No rule has an exemption. */
@AnalyzeClasses(packages = "dev.onward", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule modelKnowsNobody = knowsOnly("model");

    @ArchTest
    static final ArchRule kblockKnowsTheModel = knowsOnly("kblock");

    @ArchTest
    static final ArchRule jsonKnowsItsLibrary = knowsOnly("json", "tools.jackson");

    @ArchTest
    static final ArchRule schemaKnowsItsLibraries =
            knowsOnly("schema", "dev.onward.json", "com.networknt.schema", "com.google.re2j", "tools.jackson");

    @ArchTest
    static final ArchRule onlyTheValidatorKnowsItsLibraries = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.networknt..", "com.google.re2j..");

    @ArchTest
    static final ArchRule flowKnowsKBlocksAndSchemas =
            knowsOnly("flow", "dev.onward.kblock", "dev.onward.schema", "dev.onward.json");

    @ArchTest
    static final ArchRule definitionKnowsFlowsAndYaml = knowsOnly(
            "definition",
            "dev.onward.flow",
            "dev.onward.kblock",
            "dev.onward.schema",
            "dev.onward.json",
            "org.snakeyaml.engine");

    @ArchTest
    static final ArchRule transitionKnowsFlowsSchemasAndKBlocks =
            knowsOnly("transition", "dev.onward.flow", "dev.onward.schema", "dev.onward.kblock");

    @ArchTest
    static final ArchRule sessionKnowsTransitions =
            knowsOnly("session", "dev.onward.transition", "dev.onward.flow", "dev.onward.kblock");

    @ArchTest
    static final ArchRule retentionKnowsSessions =
            knowsOnly("retention", "dev.onward.session", "dev.onward.transition", "dev.onward.flow");

    @ArchTest
    static final ArchRule publishingKnowsFlowsAndSessions = knowsOnly(
            "publishing",
            "dev.onward.definition",
            "dev.onward.flow",
            "dev.onward.session",
            "dev.onward.transition",
            "com.github.benmanes.caffeine.cache");

    @ArchTest
    static final ArchRule analyticsKnowSessions = knowsOnly("analytics", "dev.onward.session", "dev.onward.flow");

    @ArchTest
    static final ArchRule eventKnowsTheModel = knowsOnly("event", "org.slf4j");

    @ArchTest
    static final ArchRule jobKnowsPublishingAndRetention = knowsOnly(
            "job",
            "dev.onward.event",
            "dev.onward.publishing",
            "dev.onward.retention",
            "dev.onward.logging",
            "org.slf4j");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule databasesKnowNothingOfEachOther = noClasses()
            .that()
            .resideInAPackage("dev.onward.jdbc.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.onward.jdbc.postgresql..");

    @ArchTest
    static final ArchRule onlyTheTopKnowsBothDatabases = noClasses()
            .that()
            .resideOutsideOfPackages("dev.onward.jdbc", "dev.onward.jdbc.sqlite..", "dev.onward.jdbc.postgresql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.jdbc.sqlite..", "dev.onward.jdbc.postgresql..");

    @ArchTest
    static void noPackageIsTooLarge(JavaClasses classes) {
        assertThat(filesByPackage(classes).entrySet())
                .filteredOn(entry -> entry.getValue() > 25)
                .as("packages of more than 25 files")
                .isEmpty();
    }

    @ArchTest
    static void noSimpleNameStandsForTwoTypes(JavaClasses classes) {
        Map<String, Long> names = classes.stream()
                .filter(type ->
                        !type.getSimpleName().isEmpty() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));
        assertThat(names.entrySet()).filteredOn(entry -> entry.getValue() > 1).isEmpty();
    }

    @ArchTest
    static final ArchRule onlyDefinitionReadsYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.definition..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule onlyJdbcAndTheFacadeKnowJdbc = noClasses()
            .that()
            .resideOutsideOfPackages("dev.onward.jdbc..", "dev.onward", "dev.onward.logging")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..");

    /** Of a database's exception it reads the codes. */
    @ArchTest
    static final ArchRule loggingKnowsNobody = knowsOnly("logging", "java.sql");

    @ArchTest
    static final ArchRule coreHasNoWebNoPoolNoFrameworkAndNoDriver = classes()
            .should()
            .onlyDependOnClassesThat(resideIn(List.of(
                    "com.github.benmanes.caffeine",
                    "com.google.re2j",
                    "com.networknt.schema",
                    "dev.onward",
                    "java",
                    "javax.sql",
                    "org.flywaydb",
                    "org.jspecify",
                    "org.slf4j",
                    "org.snakeyaml.engine",
                    "tools.jackson")));

    @ArchTest
    static final ArchRule coreOpensNoSockets =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net.http..", "com.sun.net..");

    @ArchTest
    static final ArchRule timeComesInAsAParameter = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule idsComeFromOneGenerator = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.onward.transition.UuidGenerator")
            .should()
            .callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule staticsHoldNoState =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..");

    @ArchTest
    static final ArchRule nothingPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static void everyPackageIsCheckedForNulls(JavaClasses classes) {
        Set<String> unchecked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(somePackage -> !somePackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unchecked).as("packages without @NullMarked").isEmpty();
    }

    private static Map<String, Long> filesByPackage(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    }

    /** A package of the domain knows itself, the model, the plain parts of the JDK, JSpecify, and what is named here. */
    private static ArchRule knowsOnly(String name, String... others) {
        List<String> known = new ArrayList<>(List.of(others));
        known.addAll(List.of(
                "dev.onward." + name,
                "dev.onward.model",
                "java.lang",
                "java.util",
                "java.time",
                "java.math",
                "java.io",
                "java.nio",
                "java.security",
                "org.jspecify"));
        return classes()
                .that()
                .resideInAPackage("dev.onward." + name + "..")
                .should()
                .onlyDependOnClassesThat(resideIn(known));
    }

    private static DescribedPredicate<JavaClass> resideIn(List<String> roots) {
        return DescribedPredicate.describe("reside in one of " + roots, javaClass -> {
            JavaClass type = javaClass.getBaseComponentType();
            return type.isPrimitive()
                    || roots.stream().anyMatch(root -> (type.getPackageName() + ".").startsWith(root + "."));
        });
    }
}
