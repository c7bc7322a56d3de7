package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of trades that bring only data about their panels: each by its first sample. */
class TradesPageIT extends InBrowser {
    private Page sample(String task, int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/" + task);
        page.locator(".sample-list button").first().click();
        page.locator(".run-page .generic").waitFor();
        return page;
    }

    @ParameterizedTest
    @CsvSource({
        "medical.term-normalisation, Standard names",
        "manufacturing.predictive-maintenance, Machines",
        "manufacturing.defect-detection, Verdict"
    })
    void showsWhatItsPanelsSayAndIsAccessible(String task, String title) throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/tasks/" + task);
        page.locator(".sample-list").waitFor();
        hasNoViolations(page);
        page.locator(".sample-list button").first().click();
        assertThat(page.locator(".generic h2").first()).containsText(title);
        hasNoViolations(page);
    }

    @Test
    void marksEachDefectInThePicture() {
        Page page = sample("manufacturing.defect-detection", 1440, "en-US", ColorScheme.LIGHT);
        assertThat(page.locator("h1")).hasText("board.png");
        Locator rows = page.locator(".generic .ant-table-row");
        rows.first().waitFor();
        assertThat(page.locator(".marked-picture rect")).hasCount(rows.count());
        assertThat(rows.count()).isGreaterThanOrEqualTo(6);
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
