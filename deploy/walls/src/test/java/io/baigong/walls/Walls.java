package io.baigong.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules over all classes. A module is known by the part of its package after {@code io.baigong}. */
final class Walls {
    private static final String HOUSE = "io.baigong.";

    /** What each module of the platform may know of the others; every other module is a vertical. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "spi", Set.of(),
            "measures", Set.of(),
            "testkit", Set.of("spi", "measures"),
            "compute", Set.of(),
            "journal", Set.of("spi"),
            "registry", Set.of("journal", "spi"),
            "gateway", Set.of("registry", "compute", "journal", "spi"),
            "tuning", Set.of("registry", "compute", "journal", "spi", "measures"),
            "host", Set.of("compute", "journal", "registry", "gateway", "tuning", "spi", "measures"),
            "app", Set.of("host"));

    private static final Set<String> ARROWS_OF_A_VERTICAL = Set.of("spi", "measures");

    private static final DescribedPredicate<JavaClass> IN_A_VERTICAL = DescribedPredicate.describe(
            "are of a vertical or the test kit",
            c -> isOurs(c) && (!ARROWS.containsKey(module(c)) || module(c).equals("testkit")));

    static final ArchRule ARROWS_ARE_KEPT = classes()
            .should(new ArchCondition<>("know no module but those that docs/adr/0001 allows") {
                @Override
                public void check(JavaClass from, ConditionEvents events) {
                    Set<String> allowed = ARROWS.getOrDefault(module(from), ARROWS_OF_A_VERTICAL);
                    for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                        JavaClass to = dependency.getTargetClass().getBaseComponentType();
                        if (isOurs(to) && !module(to).equals(module(from)) && !allowed.contains(module(to))) {
                            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                        }
                    }
                }
            });

    static final ArchRule SPI_AND_MEASURES_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage("io.baigong.spi..", "io.baigong.measures..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "io.baigong..");

    static final ArchRule VERTICALS_KNOW_NO_FRAMEWORK = noClasses()
            .that(IN_A_VERTICAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "jakarta..",
                    "org.hibernate..",
                    "ai.djl..",
                    "ai.onnxruntime..",
                    "dev.langchain4j..");

    static final ArchRule COMPUTE_KNOWS_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("io.baigong.compute..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "org.hibernate..");

    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass of, ConditionEvents events) {
                    boolean marked = of.getPackage()
                            .tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false);
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(of, of.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    static final ArchRule NAMES_ARE_THE_FIELDS_OWN = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Mgr)")
            .orShould()
            .haveNameMatching(".*\\.I[A-Z][a-z]\\w*")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..");

    static final List<ArchRule> ALL = List.of(
            ARROWS_ARE_KEPT,
            SPI_AND_MEASURES_ARE_PLAIN_JAVA,
            VERTICALS_KNOW_NO_FRAMEWORK,
            COMPUTE_KNOWS_NO_SERVER,
            PACKAGES_ARE_NULL_MARKED,
            NAMES_ARE_THE_FIELDS_OWN);

    private Walls() {}

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().startsWith(HOUSE);
    }

    private static String module(JavaClass ours) {
        return ours.getPackageName().substring(HOUSE.length()).split("\\.", 2)[0];
    }
}
