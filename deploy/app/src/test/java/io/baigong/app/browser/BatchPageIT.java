package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator does with a batch, in a browser against the packaged suite. */
class BatchPageIT extends InBrowser {
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    private static FilePayload notes(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"name\": \"note %d\", \"note\": \"Patient %d with hypertension and a cough.\"}\n"
                    .formatted(i, i));
        }
        lines.append("{\"name\": \"<b>empty</b>\", \"note\": \"\"}\n");
        return new FilePayload(
                "notes.jsonl", "application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Page batch(int width, String locale, ColorScheme scheme) {
        boolean english = locale.startsWith("en");
        Page page = start(width, locale, scheme);
        page.navigate(home + "/batches");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(english ? "New batch" : "新建批处理"))
                .click();
        page.locator(".ant-modal").getByRole(AriaRole.COMBOBOX).click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText(english ? "ICD" : "编码"))
                .first()
                .click();
        page.locator(".ant-modal input[type=file]").setInputFiles(notes(60));
        page.locator(".ant-modal-footer .ant-btn-primary").click();
        assertThat(page.locator(".batch-head")).containsText(english ? "Done" : "已完成", PATIENTLY);
        return page;
    }

    @Test
    void anOperatorMakesOneWatchesItAndReadsItsReport() throws IOException {
        Page page = batch(1440, "en-US", ColorScheme.LIGHT);
        assertThat(page.locator(".batch-figures")).containsText("61 of 61");
        assertThat(page.locator(".figure-failed")).containsText("1");
        assertThat(page.locator(".report-failures")).containsText("<b>empty</b>");
        assertThat(page.locator(".batch-report")).containsText("Time of a run");
        var pdf = page.waitForDownload(() -> page.getByText("Report (PDF)").click());
        org.assertj.core.api.Assertions.assertThat(pdf.suggestedFilename()).isEqualTo("notes.jsonl-report.pdf");
        org.assertj.core.api.Assertions.assertThat(Files.readString(pdf.path(), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
        hasNoViolations(page);

        page.navigate(page.url() + "?status=FAILED");
        assertThat(page.locator(".batch-records tbody tr.ant-table-row")).hasCount(1);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Batches"))
                .first()
                .click();
        assertThat(page.locator("tbody tr.ant-table-row").first()).containsText("notes.jsonl");
        hasNoViolations(page);
        page.navigate(home + "/batches?state=RUNNING");
        assertThat(page.locator("tbody")).containsText("No batch matches.");
        page.navigate(home + "/batches?state=ENDED&task=medical.icd-coding");
        assertThat(page.locator("tbody tr.ant-table-row").first()).containsText("notes.jsonl");
    }

    @Test
    void homeShowsWhatIsUnderWay() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.locator(".sample-list button").first().click();
        page.locator(".workbench").waitFor();
        // One that another machine works on goes on until that has sent its records.
        given().auth()
                .preemptive()
                .basic("analyst", PASSWORD)
                .contentType(ContentType.JSON)
                .body(Map.of("task", "medical.icd-coding", "name", "night of <i>notes</i>", "total", 40))
                .post(home + "/api/v1/remote-batches")
                .then()
                .statusCode(201);
        page.navigate(home);
        Locator underWay = page.locator(".under-way");
        assertThat(underWay).containsText("night of <i>notes</i>");
        assertThat(underWay).containsText("40");
        hasNoViolations(page);
        underWay.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("night of <i>notes</i>"))
                .click();
        assertThat(page.locator(".batch-head")).containsText("night of <i>notes</i>");
    }

    @Test
    void itReadsInChineseOnATelephoneInTheDark() throws IOException {
        Page page = batch(390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator(".batch-report")).containsText("单次运行时间");
        hasNoViolations(page);
    }
}
