package io.baigong.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds on each page: nothing in the way of people who see, hear or steer otherwise, and nothing beside the screen. */
class EveryPageIT extends InBrowser {
    private static final String[] PAGES = {
        "/",
        "/tasks",
        "/tasks/finance.contract-review",
        "/tasks/manufacturing.predictive-maintenance",
        "/runs",
        "/batches",
        "/batches/sources",
        "/models",
        "/training",
        "/audit",
        "/gateway",
        "/accounts"
    };

    @ParameterizedTest
    @CsvSource({"390, zh-CN, DARK", "1440, en-US, LIGHT", "2560, zh-CN, LIGHT"})
    void isAccessibleAndFits(int width, String locale, ColorScheme scheme) throws IOException {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/medical.term-normalisation");
        page.locator(".sample-list button").first().click();
        page.locator(".run-page").waitFor();
        for (String path : PAGES) {
            page.navigate(home + path);
            page.locator("#content h1").first().waitFor();
            page.waitForFunction("() => !document.querySelector('.ant-skeleton, .ant-spin-spinning')");
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(width);
            // What axe sees does not change between a desk's screen and a wall's.
            if (width < 2000) {
                hasNoViolations(page);
            }
        }
    }
}
