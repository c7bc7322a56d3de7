package io.baigong.app.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine: the file that BAIGONG_CHROMIUM names, or the first in PATH. Nothing is downloaded. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
            playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(file()));

    private static Path file() {
        String named = System.getenv("BAIGONG_CHROMIUM");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Chromium: install it (Debian: apt install chromium), or set BAIGONG_CHROMIUM to its path"));
    }

    /** What a visitor has: a screen, a language, a preference for light or dark. */
    Browser.NewContextOptions visitor(int width, int height, String locale) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setLocale(locale);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        Stream.<AutoCloseable>of(browser, playwright).forEach(Chromium::shut);
    }

    private static void shut(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
