package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people do about alarms of machines that are listened to, in a browser against the packaged suite. */
class AlarmsPageIT extends InBrowser {
    /** Two alarms as the listener writes them: its runs come only once an hour. */
    private static void raise() throws IOException, SQLException {
        String port =
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(3).strip();
        String secret = Files.readString(folder.resolve("postgres.secret")).strip();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (var database = DriverManager.getConnection(url, "baigong", secret);
                var insert = database.createStatement()) {
            insert.execute("set app.tenant = '*'; set app.tasks = '*';"
                    + " insert into alarm (id, tenant, task, line, source, part, opened_at, subject, seen_at, peak, ended_at)"
                    + " values (gen_random_uuid(), 'default', 'manufacturing.predictive-maintenance', 'hall', 'M1', 'bearing',"
                    + "  now() - interval '3 hours', 'alarm:M1', now(), 0.8, null),"
                    + " (gen_random_uuid(), 'default', 'manufacturing.predictive-maintenance', 'hall', '<b>M2</b>', 'valve',"
                    + "  now() - interval '9 hours', 'alarm:M2', now(), 0.4, now() - interval '1 hour')");
        }
    }

    private static Locator cards(Page page) {
        return page.locator("[data-card]");
    }

    @Test
    void anAlarmIsAcknowledgedAssignedShelvedAndClosedWithItsCause() throws Exception {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        raise();
        // Home shows what needs somebody only where something was run.
        page.locator(".sample-list button").first().click();
        page.locator(".workbench").waitFor();
        page.navigate(home);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("2 alarms of machines wait for somebody"))
                .click();
        assertThat(cards(page)).hasCount(2);
        assertThat(cards(page).nth(1)).containsText("<b>M2</b>");
        hasNoViolations(page);

        page.keyboard().press("j");
        assertThat(page.locator(".item-selected")).containsText("M1 · bearing");
        page.keyboard().press("a");
        assertThat(page.locator(".item-selected")).containsText("Acknowledged by analyst");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Assign"))
                .click();
        page.getByLabel("Assign to").fill("Bo");
        page.reload();
        assertThat(page.getByLabel("Assign to")).hasValue("Bo");
        page.keyboard().press("Tab");
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected")).containsText("Assigned to Bo");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Shelve"))
                .click();
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected .alarm-state")).containsText("Shelved until");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close with cause"))
                .click();
        page.getByLabel("Comment (optional)").fill("New bearing.");
        hasNoViolations(page);
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected")).containsText("Closed: Component replaced, by analyst");
        assertThat(page.locator(".item-selected button")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(cards(page)).hasCount(1);
        page.navigate(home + "/alarms?state=CLOSED");
        assertThat(cards(page)).containsText("M1 · bearing");
        context.close();

        Page phone = start(390, "zh-CN", ColorScheme.DARK);
        phone.navigate(home + "/alarms");
        assertThat(cards(phone)).containsText("已恢复正常，未确认");
        assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        hasNoViolations(phone);
    }

    @Test
    void aControlChartIsDrawnAndItsAnswerDecidedOn() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/tasks/manufacturing.process-control");
        page.locator(".sample-list button").first().click();
        page.locator(".generic .chart canvas").waitFor();
        assertThat(page.locator(".generic .chart"))
                .hasAttribute("aria-label", Pattern.compile("p chart: 30 points, [1-9]\\d* of them stand out"));
        page.locator(".chart-out summary").click();
        assertThat(page.locator(".chart-out li").first()).isVisible();
        hasNoViolations(page);
        page.keyboard().press("c");
        assertThat(page.getByLabel("What it should say")).isFocused();
        page.keyboard().type("The gauge was reset at shift 22.");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".generic-decision")).containsText("Corrected by analyst");
        page.reload();
        assertThat(page.locator(".generic-decision")).containsText("The gauge was reset at shift 22.");
    }
}
