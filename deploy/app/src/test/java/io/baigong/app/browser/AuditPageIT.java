package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an auditor does with the log, in a browser against the packaged suite. */
class AuditPageIT extends InBrowser {
    private static RequestSpecification analyst() {
        return given().auth().preemptive().basic("analyst", PASSWORD);
    }

    /** Runs a task; the run's id. */
    private static String run() {
        return analyst()
                .header("X-Purpose", "<b>renewal</b>")
                .multiPart("sample", "managed-services")
                .post(home + "/api/v1/tasks/finance.contract-review/runs")
                .path("id");
    }

    /** The number of a run's entry. */
    private static int entry(String run) {
        return analyst().get(home + "/api/v1/audit/entries?record=" + run).path("[0].seq");
    }

    private Page audit(int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/audit");
        rows(page).first().waitFor();
        return page;
    }

    private static Locator rows(Page page) {
        return page.locator("tbody tr.ant-table-row");
    }

    /** Changes a leaf, as who runs the database can. */
    private static void tamper(int seq) throws IOException, SQLException {
        String port =
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(3).strip();
        String secret = Files.readString(folder.resolve("postgres.secret")).strip();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (var database = DriverManager.getConnection(url, "baigong", secret);
                var change = database.createStatement()) {
            change.execute("set app.tenant = '*'; set app.tasks = '*'; set session_replication_role = replica;"
                    + " update audit_entry set leaf = replace(leaf, 'ANSWERED', 'ABSTAINED') where seq = " + seq);
        }
    }

    @Test
    void anAuditorFindsAnEntryProvesItAndSeesWhatWasChanged() throws Exception {
        int seq = entry(run());
        Page page = audit(1440, "en-US", ColorScheme.LIGHT);
        assertThat(page.locator(".head-standing")).containsText("signed head");
        hasNoViolations(page);

        page.navigate(home + "/audit?kind=run&q=RENEWAL");
        assertThat(rows(page).first()).containsText("Contract");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open entry " + seq))
                .click();
        assertThat(page.locator(".audit-proof")).containsText("in the log, unchanged");
        assertThat(page.locator(".step-good")).hasCount(4);
        assertThat(page.locator(".audit-fields")).containsText("<b>renewal</b>");
        hasNoViolations(page);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Audit").setExact(true))
                .last()
                .click();
        assertThat(page).hasURL(home + "/audit?kind=run&q=RENEWAL");

        page.navigate(home + "/audit?tab=verify");
        Locator verify = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Verify all"));
        verify.click();
        assertThat(page.locator(".ant-alert-success")).containsText("are what was signed");
        hasNoViolations(page);

        page.navigate(home + "/audit?tab=reports");
        page.getByText("EU AI Act log").click();
        hasNoViolations(page);
        Download report = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Make the report"))
                        .click());
        assertThat(report.suggestedFilename()).isEqualTo("audit-ai-act.csv");
        assertThat(Files.readString(report.path()))
                .startsWith("row,name,value,seq,")
                .contains("about,signed head,");

        page.navigate(home + "/audit?tab=verify");
        tamper(seq);
        verify.click();
        assertThat(page.locator(".ant-alert-error")).containsText("edited");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open entry " + seq))
                .click();
        assertThat(page.locator(".audit-proof")).containsText("can’t be trusted");
        assertThat(page.locator(".step-bad")).hasCount(2);
        hasNoViolations(page);

        // A browser that has seen another log says so.
        page.evaluate("""
                () => {
                  const seen = JSON.parse(localStorage.getItem('baigong.audit.seen'));
                  localStorage.setItem('baigong.audit.seen', JSON.stringify({ ...seen, key: 'another' }));
                }""");
        page.reload();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("another key");
        hasNoViolations(page);
    }

    @Test
    void itReadsInChineseOnATelephoneInTheDark() throws IOException {
        int seq = entry(run());
        Page page = audit(390, "zh-CN", ColorScheme.DARK);
        hasNoViolations(page);
        page.navigate(home + "/audit/" + seq);
        assertThat(page.locator(".audit-proof")).containsText("未被改动");
        hasNoViolations(page);
    }

    @Test
    void somebodyElseReviewsADecision() throws IOException {
        String run = run();
        analyst()
                .contentType(ContentType.JSON)
                .body(Map.of("subject", "f1", "verdict", "REJECTED", "comment", "<i>not here</i>"))
                .post(home + "/api/v1/runs/" + run + "/decisions");
        String password = analyst()
                .contentType(ContentType.JSON)
                .body(Map.of("name", "second", "roles", List.of("reviewer")))
                .post(home + "/api/v1/accounts")
                .path("password");
        Page page = visit(1440, "en-US", ColorScheme.DARK);
        page.locator("input[autocomplete=username]").fill("second");
        page.locator("input[type=password]").fill(password);
        page.keyboard().press("Enter");
        page.locator(".home").waitFor();
        page.navigate(home + "/runs/" + run);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Second review"))
                .click();
        Locator drawer = page.getByRole(AriaRole.DIALOG);
        assertThat(drawer).containsText("<i>not here</i>");
        drawer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disagree"))
                .click();
        drawer.locator("textarea").first().fill("it is, on page 7");
        hasNoViolations(page);
        drawer.locator("button[type=submit]").click();
        assertThat(drawer.locator(".second-review")).containsText("Disagreed");
        assertThat(drawer.locator(".second-review")).containsText("it is, on page 7");
        hasNoViolations(page);
    }
}
