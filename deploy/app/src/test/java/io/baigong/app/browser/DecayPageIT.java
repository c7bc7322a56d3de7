package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The watch of what serves, in a browser; what it found is told here, for a reference lasts two weeks. */
class DecayPageIT extends InBrowser {
    private static final String FOUND = """
            {"looked": "2026-11-29T03:00:00Z", "thresholds": {"reference": "PT336H", "window": "PT168H"},
             "tasks": [{"task": "medical.icd-coding", "retraining": ["codiesp"],
              "alerts": [{"id": "6f1f7f0e-0000-7000-8000-000000000001", "task": "medical.icd-coding", "series": "s",
                "kind": "AGREEMENT", "name": "agreed", "statistic": "SHARE", "opened": "2026-11-27T03:00:00Z",
                "found": "2026-11-29T03:00:00Z", "value": 0.71, "was": 0.92%s}],
              "series": [{"id": "", "models": [], "since": "2026-10-01T00:00:00Z", "measures": [
                 {"kind": "OUTCOME", "name": "failed", "statistic": "SHARE", "value": 0.01, "was": 0.012, "low": 0.004,
                  "high": 0.02, "reference": 1400, "current": 700, "state": "STEADY", "history": []}]},
               {"id": "s", "models": [{"role": "medical.code-ranker", "name": "code-ranker", "version": "1"}],
                "since": "2026-10-01T00:00:00Z", "measures": [
                 {"kind": "INPUT", "name": "note.characters", "statistic": "PSI", "value": 0.14, "probability": 1e-6,
                  "reference": 1400, "current": 700, "state": "SHIFTING",
                  "history": [{"at": "2026-11-28T03:00:00Z", "value": 0.05}, {"at": "2026-11-29T03:00:00Z", "value": 0.14}]},
                 {"kind": "INPUT", "name": "note.script", "statistic": "PSI", "value": 0.01, "probability": 0.4,
                  "reference": 1400, "current": 700, "state": "STEADY", "history": []},
                 {"kind": "AGREEMENT", "name": "agreed", "statistic": "SHARE", "value": 0.71, "was": 0.92, "low": 0.65,
                  "high": 0.77, "reference": 420, "current": 210, "state": "DRIFTED", "history": []},
                 {"kind": "CALIBRATION", "name": "expected-error", "statistic": "ECE", "reference": 420, "current": 12,
                  "state": "TOO_FEW", "history": []}]}]}]}
            """;

    private Page watched(int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        var told = new Route.FulfillOptions().setContentType("application/json");
        page.route("**/api/v1/decay", route -> route.fulfill(told.setBody(FOUND.formatted(""))));
        page.route("**/api/v1/decay/alerts/*/acknowledgement", route -> {
            page.unroute("**/api/v1/decay");
            String known = ", \"acknowledgedBy\": \"analyst\", \"acknowledgedAt\": \"2026-11-29T04:00:00Z\"";
            page.route("**/api/v1/decay", again -> again.fulfill(told.setBody(FOUND.formatted(known))));
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{}"));
        });
        page.navigate(home + "/models#decay");
        page.locator(".decay-table").first().waitFor();
        return page;
    }

    @Test
    void showsWhatDriftsAndWhoLooksAfterIt() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = watched(1440, "en-US", scheme);
            Locator decay = page.locator(".decay");
            assertThat(decay.locator(".decay-alert")).containsText("71.0 %, 92.0 % before");
            assertThat(decay).containsText("PSI 0.14");
            assertThat(decay).containsText("Too few runs");
            decay.locator("details summary").first().click();
            assertThat(decay).containsText("note.script");
            hasNoViolations(page);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "decay-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
            decay.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("I look after it"))
                    .click();
            assertThat(decay).containsText("analyst looks after it");
            context.close();
        }
    }

    @Test
    void speaksChineseAndFitsAPhone() throws IOException {
        Page page = watched(390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator(".decay h2")).hasText("衰减");
        assertThat(page.locator(".decay")).containsText("一致率");
        hasNoViolations(page);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    }
}
