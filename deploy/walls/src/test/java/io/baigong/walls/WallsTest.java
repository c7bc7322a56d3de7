package io.baigong.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls that ArchUnit holds: our classes keep every rule, and each planted class breaks the rule meant and no other. */
class WallsTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.baigong");

    private static Path output = Path.of("");

    /**
     * A class with a fault.
     *
     * @param member what stands in its body
     */
    record Plant(String packageName, String className, String member, Set<ArchRule> seenBy) {
        @Override
        public String toString() {
            return packageName + "." + className + " with " + member;
        }
    }

    static Stream<Plant> plants() {
        return Stream.of(
                arrow("spi", "io.baigong.measures.Interval"),
                arrow("measures", "io.baigong.spi.TaskId"),
                arrow("testkit", "io.baigong.journal.Journal"),
                arrow("compute", "io.baigong.spi.TaskId"),
                arrow("journal", "io.baigong.measures.Interval"),
                arrow("registry", "io.baigong.measures.Interval"),
                arrow("gateway", "io.baigong.finance.FinanceVertical"),
                arrow("tuning", "io.baigong.finance.FinanceVertical"),
                arrow("host", "io.baigong.finance.FinanceVertical"),
                arrow("host", "io.baigong.finance.FinanceVertical[][]"),
                arrow("app", "io.baigong.finance.FinanceVertical"),
                arrow("finance", "io.baigong.journal.Journal"),
                arrow("medical", "io.baigong.finance.FinanceVertical"),
                library("spi", "com.fasterxml.jackson.databind.ObjectMapper", Walls.SPI_AND_MEASURES_ARE_PLAIN_JAVA),
                library(
                        "measures",
                        "com.fasterxml.jackson.databind.ObjectMapper",
                        Walls.SPI_AND_MEASURES_ARE_PLAIN_JAVA),
                library("finance", "io.quarkus.arc.Arc", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("finance", "org.hibernate.Session", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("finance", "jakarta.inject.Inject", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("finance", "ai.onnxruntime.OrtSession", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("medical", "ai.djl.Model", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("testkit", "io.quarkus.arc.Arc", Walls.VERTICALS_KNOW_NO_FRAMEWORK),
                library("compute", "io.quarkus.arc.Arc", Walls.COMPUTE_KNOWS_NO_SERVER),
                library("compute", "org.hibernate.Session", Walls.COMPUTE_KNOWS_NO_SERVER),
                new Plant("io.baigong.finance.bare", "Planted", "", Set.of(Walls.PACKAGES_ARE_NULL_MARKED)),
                named("io.baigong.finance.planted", "ReviewImpl"),
                named("io.baigong.finance.planted", "ReviewManager"),
                named("io.baigong.finance.planted", "TextUtil"),
                named("io.baigong.finance.planted", "IReview"),
                named("io.baigong.finance.util", "Planted"),
                named("io.baigong.host.common.text", "Planted"),
                new Plant("io.baigong.finance.planted", "Image", "io.baigong.spi.TaskId sound;", Set.of()),
                new Plant("io.baigong.app.planted", "Planted", "", Set.of()));
    }

    private static Plant arrow(String module, String to) {
        return library(module, to, Walls.ARROWS_ARE_KEPT);
    }

    private static Plant library(String module, String to, ArchRule rule) {
        String name = to.substring(to.lastIndexOf('.') + 1).replace("[]", "s");
        return new Plant("io.baigong." + module + ".planted", "Knows" + name, to + " it;", Set.of(rule));
    }

    private static Plant named(String packageName, String className) {
        return new Plant(packageName, className, "", Set.of(Walls.NAMES_ARE_THE_FIELDS_OWN));
    }

    @Test
    void everyModuleIsSeen() {
        assertThat(OURS.stream()
                        .map(c -> c.getPackageName()
                                .replaceFirst("^io\\.baigong\\.", "")
                                .split("\\.", 2)[0])
                        .collect(Collectors.toSet()))
                .contains("spi", "measures", "testkit", "compute", "journal", "gateway", "host", "finance")
                .doesNotContain("walls");
    }

    @Test
    void arrowsAreKept() {
        Walls.ARROWS_ARE_KEPT.check(OURS);
    }

    @Test
    void spiAndMeasuresArePlainJava() {
        Walls.SPI_AND_MEASURES_ARE_PLAIN_JAVA.check(OURS);
    }

    @Test
    void verticalsKnowNoFramework() {
        Walls.VERTICALS_KNOW_NO_FRAMEWORK.check(OURS);
    }

    @Test
    void computeKnowsNoServer() {
        Walls.COMPUTE_KNOWS_NO_SERVER.check(OURS);
    }

    @Test
    void packagesAreNullMarked() {
        Walls.PACKAGES_ARE_NULL_MARKED.check(OURS);
    }

    @Test
    void namesAreTheFieldsOwn() {
        Walls.NAMES_ARE_THE_FIELDS_OWN.check(OURS);
    }

    @ParameterizedTest
    @MethodSource("plants")
    void aPlantedClassIsSeen(Plant plant) {
        Path home = output.resolve(plant.packageName().replace('.', '/'));
        JavaClasses planted = new ClassFileImporter()
                .importPaths(Stream.of(home.resolve(plant.className() + ".class"), home.resolve("package-info.class"))
                        .filter(Files::exists)
                        .toList());

        assertThat(planted).isNotEmpty();
        assertThat(Walls.ALL.stream()
                        .filter(rule ->
                                rule.allowEmptyShould(true).evaluate(planted).hasViolation())
                        .collect(Collectors.toSet()))
                .isEqualTo(plant.seenBy());
    }

    /** Compiles all plants at once. */
    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        output = Files.createDirectories(folder.resolve("output"));
        Set<String> files = new LinkedHashSet<>();
        for (Plant plant : plants().toList()) {
            Path home = Files.createDirectories(source.resolve(plant.packageName()));
            String declared = "package " + plant.packageName() + ";";
            files.add(Files.writeString(
                            home.resolve(plant.className() + ".java"),
                            declared + " class " + plant.className() + " { " + plant.member() + " }")
                    .toString());
            files.add(Files.writeString(
                            home.resolve("package-info.java"),
                            (plant.packageName().endsWith(".bare") ? "" : "@org.jspecify.annotations.NullMarked ")
                                    + declared)
                    .toString());
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Stream<String> options = Stream.of("-proc:none", "-classpath", classPath, "-d", output.toString());
        var errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, Stream.concat(options, files.stream()).toArray(String[]::new));
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }
}
