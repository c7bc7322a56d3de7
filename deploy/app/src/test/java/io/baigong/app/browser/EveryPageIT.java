package io.baigong.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds on each page: nothing in the way of people who see, hear or steer otherwise, and nothing beside the screen. */
class EveryPageIT extends InBrowser {
    private static final String[] PAGES = {
        "/",
        "/tasks",
        "/tasks/finance.contract-review",
        "/tasks/manufacturing.predictive-maintenance",
        "/tasks/finance.contract-review/playbook",
        "/compare",
        "/runs",
        "/batches",
        "/batches/sources",
        "/alarms",
        "/models",
        "/training",
        "/audit",
        "/gateway",
        "/accounts"
    };

    /** Signed in, on a suite that has run something. */
    private Page startedOnce(int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/medical.term-normalisation");
        page.locator(".sample-list button").first().click();
        page.locator(".run-page").waitFor();
        return page;
    }

    /** Most script, compressed, before the first page can be used. */
    private static final int MOST_SCRIPT_BYTES = 350_000;

    @Test
    void theFirstPageNeedsLittleScript() throws IOException {
        startedOnce(1440, "en-US", ColorScheme.LIGHT);
        context.close();
        context = chromium.browser().newContext(chromium.visitor(1440, 900, "en-US"));
        Page page = context.newPage();
        List<Response> scripts = new ArrayList<>();
        page.onResponse(response -> {
            if (response.request().resourceType().equals("script")) {
                scripts.add(response);
            }
        });
        page.navigate(home);
        signIn(page, PASSWORD);
        page.locator(".home").waitFor();
        int bytes = 0;
        for (Response script : List.copyOf(scripts)) {
            bytes += zipped(script.body());
        }
        assertThat(bytes).isBetween(100_000, MOST_SCRIPT_BYTES);
    }

    private static int zipped(byte[] script) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(script);
        }
        return bytes.size();
    }

    @ParameterizedTest
    @CsvSource({"390, zh-CN, DARK", "1440, en-US, LIGHT", "2560, zh-CN, LIGHT"})
    void isAccessibleAndFits(int width, String locale, ColorScheme scheme) throws IOException {
        Page page = startedOnce(width, locale, scheme);
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
