package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.baigong.app.ModelVersionsTest;
import io.baigong.app.PackagedSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The packaged suite, with nothing run yet, and a browser before it. */
abstract class InBrowser {
    static final String PASSWORD = "correct horse battery";
    static final Path AXE = Path.of("../../ui/src/main/webui/node_modules/axe-core/axe.min.js");

    @TempDir
    static Path folder;

    private static PackagedSuite suite;
    static Chromium chromium;
    static String home;

    BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        suite = new PackagedSuite(
                        folder,
                        PackagedSuite.freePort(),
                        Map.of(
                                // It lives for a minute: a thorough compiler takes more time than its code saves.
                                "JAVA_TOOL_OPTIONS",
                                "-XX:TieredStopAtLevel=1",
                                "BAIGONG_ACCOUNTS_PASSWORD",
                                PASSWORD,
                                "BAIGONG_BATCHES_FOLDERS",
                                folder.resolve("watched").toString(),
                                "BAIGONG_REGISTRY_HELD_OUT__AI4I2020_",
                                ModelVersionsTest.heldOut(folder).toString()))
                .ready();
        home = suite.address();
        chromium = new Chromium();
        setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void shut() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        suite.close();
    }

    @AfterEach
    void leave() {
        context.close();
        assertThat(complaints).as("the browser's console").isEmpty();
    }

    Page visit(int width, String locale, ColorScheme scheme) {
        context = chromium.browser()
                .newContext(chromium.visitor(width, 900, locale).setColorScheme(scheme));
        context.setDefaultTimeout(60_000);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // What the suite refuses, such as a page before its sign-in, the browser tells by itself.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.navigate(home);
        return page;
    }

    static void signIn(Page page, String password) {
        page.locator("input[autocomplete=username]").fill("analyst");
        page.locator("input[type=password]").fill(password);
        page.keyboard().press("Enter");
    }

    /** Signed in, where a review is started: a suite that has run nothing opens on a sample first. */
    Page start(int width, String locale, ColorScheme scheme) {
        Page page = visit(width, locale, scheme);
        signIn(page, PASSWORD);
        page.locator(".home, .workbench").first().waitFor();
        page.navigate(home + "/tasks/finance.contract-review");
        page.locator(".sample-list").waitFor();
        return page;
    }

    /** WCAG 2.2 A and AA, as far as axe can tell. */
    static void hasNoViolations(Page page) throws IOException {
        page.evaluate(Files.readString(AXE));
        Object violations = page.evaluate("""
                async () => {
                  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                  const ending = () =>
                    document.getAnimations().filter(
                      ({ playState, effect }) =>
                        playState === 'running' && effect.getComputedTiming().endTime !== Infinity,
                    );
                  // What was just done begins to move a frame later, and one movement may begin another.
                  await frame();
                  while (ending().length > 0) {
                    await Promise.all(ending().map((animation) => animation.finished.catch(() => {})));
                    await frame();
                  }
                  const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
                  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
                }""");
        assertThat((List<?>) violations).isEmpty();
    }
}
