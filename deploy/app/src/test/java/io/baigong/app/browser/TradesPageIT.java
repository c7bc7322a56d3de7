package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The pages of trades that bring only data about their panels: each by its first sample. */
class TradesPageIT extends InBrowser {
    private Page sample(String task, int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/" + task);
        page.locator(".sample-list button").first().click();
        page.locator(".run-page .generic").waitFor();
        return page;
    }

    @Test
    void showsWhatItsPanelsSayAndIsAccessible() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/tasks/medical.term-normalisation");
        page.locator(".sample-list").waitFor();
        hasNoViolations(page);
        page.locator(".sample-list button").first().click();
        assertThat(page.locator(".generic h2").first()).containsText("Standard names");
        hasNoViolations(page);
    }

    @Test
    void speaksChineseAndFitsAPhone() {
        Page page = sample("medical.term-normalisation", 390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator(".generic h2").first()).containsText("标准名称");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        assertThat(page.evaluate("document.querySelector('.top-actions').getBoundingClientRect().right <= innerWidth"))
                .isEqualTo(true);
    }
}
