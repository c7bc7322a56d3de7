package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What a model owner does with the models, in a browser against the packaged suite. */
class ModelsPageIT extends InBrowser {
    private static final String ROLE = "manufacturing.process-failure";
    private static final String TAGGER = "finance.clause-tagger";

    private static int makers;

    private Page models(int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/models");
        role(page, ROLE).waitFor();
        return page;
    }

    private static Locator role(Page page, String role) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(role).setExact(true));
    }

    private static Locator versions(Page page) {
        return page.locator(".model-versions");
    }

    private static Locator version(Page page, int number) {
        return versions(page).locator("tr[data-row-key='" + number + "']");
    }

    private static Locator button(Locator place, String name) {
        return place.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void say(Locator dialog, String reason) {
        dialog.locator("textarea").fill(reason);
        dialog.locator(".ant-btn-primary").click();
        assertThat(dialog).isHidden();
    }

    /** Registers the shipped model, not by who is signed in, so that this one may approve it. Returns the version. */
    private static int registeredByAnother() throws IOException {
        String maker = "maker" + ++makers;
        String password = given().auth()
                .preemptive()
                .basic("analyst", PASSWORD)
                .contentType(ContentType.JSON)
                .body(Map.of("name", maker, "roles", List.of("model-owner")))
                .post(home + "/api/v1/accounts")
                .path("password");
        return given().auth()
                .preemptive()
                .basic(maker, password)
                .multiPart("artifact", "model.zip", shipped())
                .post(home + "/api/v1/models/" + ROLE + "/versions")
                .then()
                .statusCode(201)
                .extract()
                .path("number");
    }

    /** The shipped judge of machining processes, as {@code ./baigong train} would have written it. */
    private static byte[] shipped() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("README.md", "model.json", "process.json", "trees.ubj")) {
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream in = ModelsPageIT.class.getResourceAsStream("/models/process-failure/1/" + name)) {
                    Objects.requireNonNull(in, name).transferTo(zip);
                }
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void showsWhereVersionsComeFromAndTakesInABundle() throws IOException {
        int number = registeredByAnother();
        byte[] bundle = given().auth()
                .preemptive()
                .basic("analyst", PASSWORD)
                .get(home + "/api/v1/models/" + ROLE + "/versions/" + number + "/bundle")
                .asByteArray();
        Page page = models(1440, "en-US", ColorScheme.LIGHT);
        role(page, ROLE).click();
        page.locator(".model-versions input[type=file]")
                .nth(1)
                .setInputFiles(new FilePayload("bundle.zip", "application/zip", bundle));
        assertThat(version(page, number + 1)).containsText("Candidate");
        Locator graph = page.locator(".lineage svg");
        assertThat(graph).containsText(String.valueOf(number + 1));
        assertThat(graph).containsText(ROLE);
        page.locator(".lineage-words summary").click();
        assertThat(page.locator(".lineage-words")).containsText("Version " + (number + 1) + " (Candidate)");
        hasNoViolations(page);
    }

    @Test
    void showsRolesAndTheCardOfOneAndKeepsItsAddress() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = models(1440, "en-US", scheme);
            assertThat(role(page, ROLE)).isVisible();
            hasNoViolations(page);
            role(page, TAGGER).click();
            assertThat(page).hasURL(home + "/models/" + TAGGER);
            assertThat(page.locator(".model-card h2").first()).isVisible();
            assertThat(versions(page)).containsText("No version is registered");
            hasNoViolations(page);
            page.reload();
            assertThat(page.locator(".chosen-row")).containsText(TAGGER);
            assertThat(page.locator(".model-card h2").first()).isVisible();
            context.close();
        }
    }

    @Test
    void aVersionGoesIntoServiceAndOutOfIt() throws IOException {
        Page page = models(1440, "en-US", ColorScheme.LIGHT);
        int number = registeredByAnother();
        page.navigate(home + "/models/" + ROLE);
        Locator version = version(page, number);
        assertThat(version).containsText("Candidate");
        assertThat(version).containsText("f1 on ai4i2020");
        assertThat(version).containsText("not measured");
        hasNoViolations(page);

        button(version, "Approve: version " + number).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.locator("textarea").waitFor();
        hasNoViolations(page);
        say(dialog, "measured at the plant");
        assertThat(version).containsText("Approved");
        hasNoViolations(page);
        button(version, "Promote: version " + number).click();
        say(dialog, "better at the plant");
        assertThat(version).containsText("Serving");
        hasNoViolations(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        hasNoViolations(page);

        button(versions(page), "Roll back").click();
        say(dialog, "was a trial");
        assertThat(version).containsText("Approved");
        button(version, "Retire: version " + number).click();
        say(dialog, "the trial is over");
        assertThat(version).containsText("Retired");
        assertThat(versions(page)).containsText("Version " + number + " approved over its gates");
        assertThat(versions(page)).containsText("Rolled back to the model that ships");
        assertThat(versions(page)).containsText("the trial is over");
    }

    @Test
    void aVersionIsComparedWithTheModelThatShips() throws IOException {
        Page page = models(1440, "en-US", ColorScheme.LIGHT);
        int number = registeredByAnother();
        page.navigate(home + "/models/" + ROLE + "?left=" + number + "&right=0");
        Locator sideBySide = page.locator(".model-comparison");
        assertThat(sideBySide).containsText("Version " + number);
        assertThat(sideBySide).containsText("The model that ships");
        button(sideBySide, "Measure both on ai4i2020").click();
        Locator f1 = sideBySide.locator("tr[data-row-key=f1]");
        assertThat(f1).containsText("may be chance");
        assertThat(sideBySide).containsText("both on the same data");
        assertThat(sideBySide.locator("tr[data-row-key='product quality L']")).containsText("27");
        hasNoViolations(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        hasNoViolations(page);
    }

    @Test
    void whoRegistersOneDoesNotApproveIt() throws IOException {
        Page page = models(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/models/" + ROLE);
        versions(page)
                .locator("input[type=file]")
                .first()
                .setInputFiles(new FilePayload("model.zip", "application/zip", shipped()));
        Locator newest = versions(page).locator("tr[data-row-key]").first();
        assertThat(newest).containsText("Candidate");
        newest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Approve.*")))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.locator("textarea").fill("it is mine");
        dialog.locator(".ant-btn-primary").click();
        assertThat(dialog.locator(".problem")).containsText("who registered a model can't approve it");
        hasNoViolations(page);
    }

    @Test
    void speaksChineseAndFitsAPhone() {
        Page page = models(390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator("h1")).hasText("模型");
        role(page, ROLE).click();
        assertThat(page.locator(".model-card")).hasAttribute("aria-label", Pattern.compile(".*模型卡"));
        assertThat(versions(page).locator("h2").first()).hasText("版本");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    }
}
