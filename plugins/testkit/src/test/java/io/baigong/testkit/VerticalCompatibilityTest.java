package io.baigong.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.baigong.spi.Vertical;
import io.baigong.testkit.planted.Fault;
import io.baigong.testkit.planted.PlantedVertical;
import io.baigong.testkit.planted.UnregisteredVertical;
import io.baigong.testkit.planted.UntypedVertical;
import io.baigong.testkit.stateful.StatefulVertical;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The kit lets a sound vertical pass, and barks at each planted fault with the check meant for it and no other. */
class VerticalCompatibilityTest {
    @ParameterizedTest
    @EnumSource
    void seesExactlyThisFault(Fault fault) {
        assertThat(failing(new PlantedVertical(fault))).isEqualTo(fault.seenBy());
    }

    @Test
    void seesAVerticalThatIsNotRegistered() {
        assertThat(failing(new UnregisteredVertical())).containsExactly("isFoundByServiceLoader");
    }

    @Test
    void seesATypeWithoutSchema() {
        assertThat(failing(new UntypedVertical())).containsExactly("typesHaveJsonSchemas");
    }

    @Test
    void seesStaticState() {
        assertThat(failing(new StatefulVertical())).containsExactly("keepsNoStaticState");
        assertThat(StatefulVertical.made()).isOne();
    }

    @Test
    void everyCheckHasAFaultThatItSees() {
        Set<String> checks = Arrays.stream(VerticalCompatibility.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
        Set<String> seen = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.seenBy().stream())
                .collect(Collectors.toSet());
        seen.addAll(Set.of("isFoundByServiceLoader", "typesHaveJsonSchemas", "keepsNoStaticState"));

        assertThat(seen).isEqualTo(checks);
    }

    private static Set<String> failing(Vertical vertical) {
        PlantedCompatibility.planted = vertical;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PlantedCompatibility.class))
                .execute()
                .testEvents();
        assertThat(tests.finished().count()).isPositive();
        return tests.failed().stream()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replaceAll("\\(.*", ""))
                .collect(Collectors.toSet());
    }
}
