package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that a person has typed is lost, in a browser against the packaged suite. */
class DraftsIT extends InBrowser {
    private static final String WORDS = "Ninety days, as agreed on the telephone.";

    private Page sample(String task, String locale, ColorScheme scheme) {
        Page page = start(1440, locale, scheme);
        page.navigate(home + "/tasks/" + task);
        page.locator(".sample-list button").first().click();
        page.locator(".workbench .panel").waitFor();
        return page;
    }

    private static Locator card(Page page, String id) {
        return page.locator("[data-card='" + id + "']");
    }

    private static Object kept(Page page) {
        return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('baigong.draft.')).length");
    }

    @Test
    void aDraftOfAReviewOutlivesAReloadALostConnectionAndASignIn() throws IOException {
        Page page = sample("finance.contract-review", "en-US", ColorScheme.LIGHT);
        page.keyboard().press("j");
        page.keyboard().press("c");
        assertThat(page.getByLabel("What it should say")).isFocused();
        page.keyboard().type(WORDS);
        page.reload();
        assertThat(page.getByLabel("What it should say")).hasValue(WORDS);
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        assertThat(page.locator(".draft")).hasCount(0);
        page.keyboard().press("k");
        page.keyboard().press("c");
        assertThat(page.getByLabel("What it should say")).hasValue(WORDS);
        hasNoViolations(page);

        context.setOffline(true);
        page.keyboard().press("Control+Enter");
        assertThat(card(page, "f1").locator(".decision")).containsText("on its way to the suite");
        assertThat(page.getByLabel("What it should say")).hasValue(WORDS);
        context.setOffline(false);
        assertThat(card(page, "f1").locator(".decision")).containsText("by analyst");
        assertThat(page.locator(".draft")).hasCount(0);
        assertThat(kept(page)).isEqualTo(0);

        context.clearCookies(); // the page may find out by itself, amid the words
        page.keyboard().press("j");
        page.keyboard().press("n");
        assertThat(page.locator(".draft textarea")).isFocused();
        page.keyboard().type("Ask their counsel.");
        page.keyboard().press("Control+Enter");
        Locator again =
                page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Your sign-in has expired"));
        assertThat(again).isVisible();
        assertThat(card(page, "f2").locator(".comments li")).hasCount(0);
        signIn(page, PASSWORD);
        assertThat(again).isHidden();
        assertThat(page.locator(".draft textarea")).hasValue("Ask their counsel.");
        page.locator(".draft button[type=submit]").click();
        assertThat(card(page, "f2").locator(".comments")).containsText("Ask their counsel.");
        page.reload();
        assertThat(card(page, "f2").locator(".comments")).containsText("Ask their counsel.");
        assertThat(card(page, "f2").locator(".decision")).hasCount(0);
    }

    /** The decision arrives, its answer does not: the page asks again, and there is one decision. */
    @Test
    void aDecisionWhoseAnswerIsLostIsMadeOnce() {
        Page page = sample("finance.contract-review", "en-US", ColorScheme.LIGHT);
        List<String> keys = new ArrayList<>();
        page.route("**/decisions", route -> {
            String key = route.request().headerValue("Idempotency-Key");
            keys.add(key);
            if (keys.size() == 1) {
                route.fetch();
                route.abort("connectionreset");
            } else {
                route.resume();
            }
        });
        page.keyboard().press("j");
        page.keyboard().press("a");
        assertThat(card(page, "f1").locator(".decision")).containsText("by analyst");
        assertThat(keys).hasSize(2);
        assertThat(keys.getFirst()).isNotNull().isEqualTo(keys.getLast());
        String run = page.url().replaceFirst(".*/runs/", "").replaceFirst("[?#].*", "");
        assertThat(JsonPath.from(
                                page.request().get(home + "/api/v1/runs/" + run).text())
                        .getList("decisions"))
                .hasSize(1);
        page.reload();
        assertThat(card(page, "f1").locator(".decision")).not().containsText("earlier");
    }

    @Test
    void draftsGoWithWhoSignsOut() {
        Page page = sample("finance.contract-review", "zh-CN", ColorScheme.DARK);
        Page other = context.newPage();
        other.navigate(page.url());
        for (Page each : new Page[] {page, other}) {
            card(each, "f2").locator(".item-head").click();
            each.keyboard().press("r");
            assertThat(each.getByLabel("备注（可选）")).isFocused();
            each.keyboard().type("不适用");
            assertThat(each.getByLabel("备注（可选）")).hasValue("不适用");
            assertThat((Integer) kept(each)).isPositive();
        }
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("analyst"))
                .click();
        page.getByText("退出登录").click();
        for (Page each : new Page[] {page, other}) {
            assertThat(each.locator("input[type=password]")).isVisible();
            assertThat(kept(each)).isEqualTo(0);
        }
        signIn(page, PASSWORD);
        assertThat(card(page, "f2").locator(".decision-buttons")).isVisible();
        assertThat(page.locator(".draft")).hasCount(0);
    }

    @Test
    void whoeverSignsInInAnothersPlaceSeesNothingOfTheirs() {
        Page page = sample("finance.contract-review", "en-US", ColorScheme.LIGHT);
        String password = JsonPath.from(page.request()
                        .post(
                                home + "/api/v1/accounts",
                                RequestOptions.create().setData(Map.of("name", "second", "roles", List.of("analyst"))))
                        .text())
                .getString("password");
        card(page, "f2").locator(".item-head").click();
        page.keyboard().press("n");
        assertThat(page.locator(".draft textarea")).isFocused();
        page.keyboard().type(WORDS);
        context.clearCookies();
        page.keyboard().press("Control+Enter");
        Locator again =
                page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Your sign-in has expired"));
        assertThat(again).isVisible();
        again.locator("input[autocomplete=username]").fill("second");
        again.locator("input[type=password]").fill(password);
        page.keyboard().press("Enter");
        assertThat(again).isHidden();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("second")))
                .isVisible();
        assertThat(card(page, "f2")).isVisible();
        assertThat(page.locator(".draft")).hasCount(0);
    }

    @Test
    void draftsOnCodesAndAlarmsOutliveAReload() {
        Page page = sample("medical.icd-coding", "en-US", ColorScheme.LIGHT);
        page.keyboard().press("j");
        page.keyboard().press("n");
        assertThat(page.locator(".draft textarea")).isFocused();
        page.keyboard().type("See the discharge letter.");
        page.reload();
        assertThat(page.locator(".draft textarea")).hasValue("See the discharge letter.");
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected .comments")).containsText("See the discharge letter.");
        assertThat(page.locator(".draft")).hasCount(0);
        assertThat(kept(page)).isEqualTo(0);

        page.navigate(home + "/tasks/manufacturing.predictive-maintenance");
        page.locator(".sample-list button").first().click();
        page.locator(".workbench .panel").waitFor();
        page.keyboard().press("2");
        page.locator(".item-head").first().click();
        page.locator(".item-body button").last().click();
        page.getByLabel("Comment (optional)").fill("The bearing was worn.");
        page.reload();
        assertThat(page.getByLabel("Comment (optional)")).hasValue("The bearing was worn.");
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected")).containsText("The bearing was worn.");
        assertThat(page.locator(".draft")).hasCount(0);
        assertThat(kept(page)).isEqualTo(0);
    }
}
