package io.baigong.app.browser;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The suite with its web page, which tests otherwise do without. */
public final class PageProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.quinoa", "true");
    }
}
