package io.baigong.walls;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.walls.PlantedModules.PomChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls that maven-enforcer holds: our modules as they are pass, and each planted fault fails by the rule meant. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnforcerWallsTest {
    private static final String ARROWS = "An arrow of the house that is forbidden";
    private static final String LIBRARIES = "A library that this module must not know";
    private static final String CONVERGENCE = "DependencyConvergence failed";
    private static final Path ROOT = Path.of(System.getProperty("baigong.root"));
    private static final String VERSION = System.getProperty("baigong.version");
    private static final Pattern FINANCE_SCOPE =
            Pattern.compile("(<artifactId>baigong-finance</artifactId>\\s*<scope>)runtime");

    /** A module with a fault, and the rules that see it. */
    record Plant(String name, String module, PomChange change, Set<String> seenBy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Map<String, String> failures = Map.of();
    private List<String> modules = List.of();

    static Stream<Plant> plants() {
        return Stream.of(
                        Stream.of(
                                library("spi", "plugins/spi", "com.fasterxml.jackson.core", "jackson-databind"),
                                library(
                                        "measures",
                                        "plugins/measures",
                                        "com.fasterxml.jackson.core",
                                        "jackson-databind"),
                                library("compute", "core/compute", "io.quarkus", "quarkus-arc"),
                                library("compute", "core/compute", "org.hibernate.orm", "hibernate-core"),
                                library("finance", "finance", "io.quarkus", "quarkus-arc"),
                                library("finance", "finance", "org.hibernate.orm", "hibernate-core"),
                                library("finance", "finance", "ai.djl", "api"),
                                library("finance", "finance", "com.microsoft.onnxruntime", "onnxruntime"),
                                library("finance", "finance", "dev.langchain4j", "langchain4j-core"),
                                library("testkit", "plugins/testkit", "io.quarkus", "quarkus-arc"),
                                new Plant(
                                        "spi-knows-measures",
                                        "plugins/spi",
                                        ours("measures", "compile"),
                                        Set.of(ARROWS, LIBRARIES)),
                                new Plant(
                                        "measures-knows-spi",
                                        "plugins/measures",
                                        ours("spi", "compile"),
                                        Set.of(ARROWS, LIBRARIES)),
                                new Plant("host-tests-finance", "core/host", ours("finance", "test"), Set.of(ARROWS)),
                                new Plant("finance-tests-host", "finance", ours("host", "test"), Set.of(ARROWS)),
                                new Plant(
                                        "app-compiles-finance",
                                        "deploy/app",
                                        pom -> FINANCE_SCOPE.matcher(pom).replaceFirst("$1compile"),
                                        Set.of(ARROWS)),
                                new Plant(
                                        "finance-in-two-versions",
                                        "finance",
                                        PomChange.add("io.baigong.planted", "torn", "1", "compile"),
                                        Set.of(CONVERGENCE))),
                        arrow("testkit", "plugins/testkit", "host"),
                        arrow("compute", "core/compute", "spi", "journal", "finance"),
                        arrow("journal", "core/journal", "measures", "registry", "compute", "finance"),
                        arrow("registry", "core/registry", "measures", "gateway", "compute", "finance"),
                        arrow("gateway", "core/gateway", "measures", "tuning", "host", "finance"),
                        arrow("tuning", "core/tuning", "gateway", "host", "finance"),
                        arrow("host", "core/host", "finance", "ui", "app"),
                        arrow("spark", "deploy/spark", "host", "finance"),
                        arrow("finance", "finance", "medical", "host", "compute", "journal", "registry", "tuning"))
                .flatMap(each -> each);
    }

    private static Plant library(String name, String module, String group, String artifact) {
        return new Plant(
                name + "-knows-" + artifact, module, PomChange.add(group, artifact, "", "compile"), Set.of(LIBRARIES));
    }

    private static Stream<Plant> arrow(String name, String module, String... others) {
        return Stream.of(others)
                .map(other -> new Plant(name + "-knows-" + other, module, ours(other, "compile"), Set.of(ARROWS)));
    }

    private static PomChange ours(String module, String scope) {
        return PomChange.add("io.baigong", "baigong-" + module, VERSION, scope);
    }

    @BeforeAll
    void runMaven() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(ROOT.resolve("deploy/walls/target/planted"));
        var planted = new PlantedModules(ROOT, folder, VERSION);
        modules = planted.modules();
        for (String module : List.of(
                "spi",
                "measures",
                "testkit",
                "compute",
                "journal",
                "registry",
                "gateway",
                "tuning",
                "host",
                "finance",
                "medical",
                "ui",
                "app")) {
            planted.standIn("io.baigong", "baigong-" + module, VERSION, "");
        }
        planted.standInTests("io.baigong", "baigong-app", VERSION);
        planted.standIn("io.baigong.planted", "leaf", "1", "");
        planted.standIn("io.baigong.planted", "leaf", "2", "");
        planted.standIn("io.baigong.planted", "branch", "1", dependency("leaf", "2"));
        planted.standIn("io.baigong.planted", "torn", "1", dependency("leaf", "1") + dependency("branch", "1"));
        for (String module : modules) {
            planted.plant(sound(module), module, PomChange.none());
        }
        for (Plant plant : plants().toList()) {
            planted.plant(plant.name(), plant.module(), plant.change());
        }
        failures = planted.failures(Path.of(System.getProperty("baigong.local-repository")));
    }

    private static String dependency(String artifact, String version) {
        return "<dependency><groupId>io.baigong.planted</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                .formatted(artifact, version);
    }

    private static String sound(String module) {
        return "sound-" + module.replace('/', '-');
    }

    @Test
    void ourModulesPass() {
        var wrong = new ArrayList<String>();
        for (String module : modules) {
            String failure = failures.get(sound(module));
            if (failure != null) {
                wrong.add(module + ":" + failure);
            }
        }

        assertThat(modules).contains("plugins/spi", "core/host", "finance", "deploy/app");
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("plants")
    void aPlantedFaultFails(Plant plant) {
        String failure = failures.getOrDefault(plant.name(), "");

        Set<String> seenBy = Stream.of(ARROWS, LIBRARIES, CONVERGENCE)
                .filter(failure::contains)
                .collect(Collectors.toSet());
        assertThat(seenBy).as(failure).isEqualTo(plant.seenBy());
    }
}
