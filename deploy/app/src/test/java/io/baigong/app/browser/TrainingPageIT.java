package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a model owner does with trainings, in a browser against the packaged suite. */
class TrainingPageIT extends InBrowser {
    /** A training is a process of its own, which takes its time to start. */
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(120_000);

    private static final String ROLE = "manufacturing.process-failure";

    /** 80 products of our own making: those of too much strain or too little power fail, as the data set's rules say. */
    private static FilePayload products() {
        var rows = new StringBuilder("UDI,Product ID,Type,Air temperature [K],Process temperature [K],"
                + "Rotational speed [rpm],Torque [Nm],Tool wear [min],Machine failure\n");
        for (int i = 0; i < 80; i++) {
            boolean fails = i % 4 == 0;
            rows.append("%d,L%d,L,%.1f,%.1f,%d,%.1f,%d,%d\n"
                    .formatted(
                            i + 1,
                            i + 1,
                            298 + i % 5 * 0.2,
                            309 + i % 7 * 0.1,
                            fails ? 1350 : 1500 + i,
                            fails ? 65.0 : 38 + i % 9,
                            fails ? 210 : i,
                            fails ? 1 : 0));
        }
        return file("products.csv", rows.toString());
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private Page trainings(int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/training");
        page.locator("h1").waitFor();
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator form(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** Opens the form and chooses the recipe of machining processes. */
    private static Locator asked(Page page, String start) {
        button(page, start).first().click();
        Locator form = form(page);
        form.locator("#training-recipe").click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText("ai4i2020"))
                .click();
        return form;
    }

    private static void send(Locator form, FilePayload file, String sent) {
        form.locator("input[type=file]").setInputFiles(file);
        assertThat(form.locator(".drop-title")).containsText(sent);
    }

    /** Confirms what is asked again before it is done. */
    private static void sure(Page page) {
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").click();
    }

    private static void submit(Locator form) {
        form.locator(".ant-modal-footer .ant-btn-primary").click();
    }

    /** As the suite does where too many wait. */
    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(400)
                .setContentType("application/problem+json")
                .setBody("""
                        {"type": "urn:baigong:problem:invalid-input", "title": "Invalid input", "status": 400,
                         "detail": "100 trainings wait or run already", "remedy": "Cancel one, or wait for one to end."}
                        """));
    }

    private static void fits(Page page, int width) {
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    }

    @Test
    void aModelOwnerSendsDataAndHasACandidateMadeOfThem() throws IOException {
        Page page = trainings(1440, "en-US", ColorScheme.LIGHT);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Training"))
                .first()
                .waitFor();
        hasNoViolations(page);

        Locator form = asked(page, "Start a training");
        submit(form);
        assertThat(form).containsText("Choose what to learn from.");
        hasNoViolations(page);
        send(form, products(), "Sent: products.csv");
        form.locator("#training-seed").fill("7");
        submit(form);

        assertThat(page).hasURL(Pattern.compile(".*/training/[0-9a-f-]{36}"));
        assertThat(page.locator(".training-head")).containsText("Succeeded", PATIENTLY);
        assertThat(page.locator(".training-losses .chart")).hasAttribute("aria-label", Pattern.compile(".*log loss.*"));
        assertThat(page.locator(".training-losses canvas").first()).isVisible();
        assertThat(page.locator(".training-losses tbody tr.ant-table-row").first())
                .containsText("log loss");
        assertThat(page.locator(".training-about")).containsText("products.csv");
        assertThat(page.locator(".training-about .mono")).hasText(Pattern.compile("[0-9a-f]{64}"));
        assertThat(page.locator(".training-about")).containsText("7");
        hasNoViolations(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        hasNoViolations(page);

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Training"))
                .first()
                .click();
        Locator row = page.locator("main tbody tr.ant-table-row").first();
        assertThat(row).containsText("Succeeded");
        assertThat(row).containsText(ROLE + ", version ");
        hasNoViolations(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        hasNoViolations(page);

        row.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile(ROLE + ".*")))
                .click();
        assertThat(page).hasURL(home + "/models/" + ROLE);
        assertThat(page.locator(".model-versions tbody tr.ant-table-row").first())
                .containsText("Candidate");
    }

    @Test
    void aFileOfAnotherKindFailsAndSaysWhyInChineseOnATelephone() throws IOException {
        Page page = trainings(390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator("h1")).hasText("训练");
        fits(page, 390);
        Locator form = asked(page, "开始训练");
        send(form, file("shopping.csv", "what,howMany\napples,3\n"), "已上传：shopping.csv");
        hasNoViolations(page);
        submit(form);

        assertThat(page.locator(".training-head")).containsText("失败", PATIENTLY);
        assertThat(page.locator(".training-failure")).containsText("shopping.csv has no column");
        assertThat(page.locator(".training-losses")).containsText("此训练没有给出损失");
        fits(page, 390);
        hasNoViolations(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        hasNoViolations(page);

        page.navigate(home + "/training");
        assertThat(page.locator("main tbody tr.ant-table-row").first()).containsText("失败");
        fits(page, 390);
        hasNoViolations(page);
    }

    @Test
    void oneSentBeforeIsChosenNothingIsLostOnAProblemAndAFileOfATrainingStays() {
        Page page = trainings(1440, "en-US", ColorScheme.LIGHT);
        Locator form = asked(page, "Start a training");
        send(form, file("unused.csv", "a,b\n1,2\n"), "Sent: unused.csv");
        form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(form).isHidden();
        form = asked(page, "Start a training");
        form.getByText("A file sent before").click();
        form.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("File"))
                .click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText("unused.csv"))
                .click();
        form.locator("#training-seed").fill("11");

        page.route("**/api/v1/training/jobs", TrainingPageIT::refuse);
        submit(form);
        assertThat(form.locator(".problem")).containsText("Cancel one, or wait for one to end.");
        assertThat(form.locator("#training-seed")).hasValue("11");
        assertThat(form).containsText("unused.csv");
        page.unroute("**/api/v1/training/jobs");
        submit(form);
        assertThat(page.locator(".training-about")).containsText("11");
        assertThat(page.locator(".training-about")).containsText("unused.csv");
        button(page, "Cancel the training").click();
        sure(page);
        assertThat(page.locator(".training-head")).containsText("Cancelled");

        page.navigate(home + "/training");
        button(page, "Delete unused.csv").click();
        sure(page);
        assertThat(button(page, "Delete unused.csv")).hasCount(0);
    }
}
