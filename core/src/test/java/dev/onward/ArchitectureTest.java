package dev.onward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.onward.testing.PackageRules;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dependencies between packages, and what no code may do. No rule has an exemption. */
@AnalyzeClasses(packages = "dev.onward", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"{3}.*?\"{3}", Pattern.DOTALL);

    private static final Pattern TYPE_DECLARATION = Pattern.compile(
            "^ *(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*(?:class|interface|@interface|enum|record) (\\w+)",
            Pattern.MULTILINE);

    @ArchTest
    static final ArchRule theModelDependsOnNoOtherPackage = dependsOnlyOn("model");

    @ArchTest
    static final ArchRule kblockDependsOnTheModel = dependsOnlyOn("kblock");

    @ArchTest
    static final ArchRule jsonDependsOnItsLibrary = dependsOnlyOn("json", "tools.jackson");

    @ArchTest
    static final ArchRule schemaDependsOnJsonAndItsLibraries =
            dependsOnlyOn("schema", "dev.onward.json", "com.networknt.schema", "com.google.re2j", "tools.jackson");

    @ArchTest
    static final ArchRule onlyTheSchemaUsesTheValidationLibraries = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.networknt..", "com.google.re2j..");

    @ArchTest
    static final ArchRule flowDependsOnKBlocksAndSchemas =
            dependsOnlyOn("flow", "dev.onward.kblock", "dev.onward.schema", "dev.onward.json");

    @ArchTest
    static final ArchRule definitionDependsOnFlowsAndYaml = dependsOnlyOn(
            "definition",
            "dev.onward.flow",
            "dev.onward.kblock",
            "dev.onward.schema",
            "dev.onward.json",
            "org.snakeyaml.engine");

    @ArchTest
    static final ArchRule transitionDependsOnFlowsSchemasAndKBlocks =
            dependsOnlyOn("transition", "dev.onward.flow", "dev.onward.schema", "dev.onward.kblock");

    @ArchTest
    static final ArchRule sessionDependsOnTransitions =
            dependsOnlyOn("session", "dev.onward.transition", "dev.onward.flow", "dev.onward.kblock");

    @ArchTest
    static final ArchRule retentionDependsOnSessions =
            dependsOnlyOn("retention", "dev.onward.session", "dev.onward.transition", "dev.onward.flow");

    @ArchTest
    static final ArchRule publishingDependsOnFlowsAndSessions = dependsOnlyOn(
            "publishing",
            "dev.onward.definition",
            "dev.onward.flow",
            "dev.onward.session",
            "dev.onward.transition",
            "com.github.benmanes.caffeine.cache");

    @ArchTest
    static final ArchRule analyticsDependsOnSessions =
            dependsOnlyOn("analytics", "dev.onward.session", "dev.onward.flow");

    @ArchTest
    static final ArchRule eventDependsOnTheModel = dependsOnlyOn("event", "org.slf4j");

    @ArchTest
    static final ArchRule jobDependsOnPublishingRetentionAndEvents = dependsOnlyOn(
            "job",
            "dev.onward.event",
            "dev.onward.publishing",
            "dev.onward.retention",
            "dev.onward.logging",
            "org.slf4j");

    @ArchTest
    static final ArchTests packages = ArchTests.in(PackageRules.class);

    @ArchTest
    static final ArchRule databaseAdaptersDoNotDependOnEachOther = noClasses()
            .that()
            .resideInAPackage("dev.onward.jdbc.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.onward.jdbc.postgresql..");

    @ArchTest
    static final ArchRule onlyTheJdbcPackageUsesBothDatabaseAdapters = noClasses()
            .that()
            .resideOutsideOfPackages("dev.onward.jdbc", "dev.onward.jdbc.sqlite..", "dev.onward.jdbc.postgresql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.jdbc.sqlite..", "dev.onward.jdbc.postgresql..");

    /** The types of all modules and their tests. */
    @Test
    void noSimpleNameStandsForTwoTypes() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : sourceFiles()) {
            String code = TEXT_BLOCK.matcher(Files.readString(file)).replaceAll("");
            TYPE_DECLARATION.matcher(code).results().map(type -> type.group(1)).forEach(names::add);
        }
        assertThat(names).contains("Onward", "ArchitectureTest").doesNotHaveDuplicates();
    }

    private static List<Path> sourceFiles() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(".."), Files::isDirectory)) {
            for (Path folder : folders) {
                sources.add(folder.resolve("src/main/java"));
                sources.add(folder.resolve("src/test/java"));
            }
        }
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                try (Stream<Path> found = Files.walk(source)) {
                    found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
        }
        return files;
    }

    @ArchTest
    static final ArchRule onlyDefinitionReadsYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.definition..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule onlyJdbcAndTheFacadeUseJdbc = noClasses()
            .that()
            .resideOutsideOfPackages("dev.onward.jdbc..", "dev.onward", "dev.onward.logging")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..");

    /** It reads the codes of database exceptions. */
    @ArchTest
    static final ArchRule loggingDependsOnNoOtherPackage = dependsOnlyOn("logging", "java.sql");

    @ArchTest
    static final ArchRule coreDependsOnNoWebLibraryPoolFrameworkOrDriver = classes()
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
    static final ArchRule codeReadsTimeOnlyFromAnInjectedClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule onlyOneGeneratorCreatesIds = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.onward.transition.UuidGenerator")
            .should()
            .callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noTypeOrPackageIsNamedUtilOrManager = noClasses()
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
    static final ArchRule noClassPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** A package of the domain may use itself, the model, the plain parts of the JDK, JSpecify, and these packages. */
    private static ArchRule dependsOnlyOn(String name, String... others) {
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
