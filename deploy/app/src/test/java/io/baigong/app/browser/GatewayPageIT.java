package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an administrator does with keys, servers, models and guards of the gateway, in a browser against the packaged suite. */
class GatewayPageIT extends InBrowser {
    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator row(Page page, String key) {
        return page.locator("tr[data-row-key='" + key + "']");
    }

    private static void save(Page page) {
        page.locator(".ant-modal-footer .ant-btn-primary").click();
    }

    @Test
    void anAdministratorAddsChangesAndRemovesAServerAndAModel() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/gateway?tab=servers");
        assertThat(page.getByText("No server yet.")).isVisible();
        hasNoViolations(page);
        button(page, "Add a server").click();
        page.getByLabel("Name").fill("north");
        page.getByLabel("Address").fill("http://169.254.169.254/v1");
        save(page);
        assertThat(page.locator(".ant-modal")).containsText("no call may go");
        page.getByLabel("Address").fill("http://127.0.0.1:9/v1");
        hasNoViolations(page);
        save(page);
        assertThat(row(page, "north")).containsText("http://127.0.0.1:9/v1");
        assertThat(row(page, "north")).containsText("can be called");

        button(page, "Add a model").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("qwen");
        page.getByLabel("Name of the model there").fill("Qwen/Qwen3-32B");
        page.getByLabel("Price in").fill("2");
        page.getByLabel("Price out").fill("8");
        page.getByLabel("Answers given again for").fill("60");
        hasNoViolations(page);
        save(page);
        assertThat(row(page, "qwen"))
                .containsText("north · Qwen/Qwen3-32B · CN¥2.00 in, CN¥8.00 out, a million tokens");
        assertThat(row(page, "qwen")).containsText("answers given again for 60 s");

        button(page, "Change qwen").click();
        page.getByLabel("Share of the calls").fill("0.5");
        save(page);
        assertThat(row(page, "qwen")).containsText("share 0.5");
        assertThat(row(page, "qwen")).containsText("answers given again for 60 s");

        button(page, "Remove north").click();
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").click();
        assertThat(page.locator(".ant-message")).containsText("names the backend north");
        button(page, "Remove qwen").click();
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").last().click();
        assertThat(row(page, "qwen")).hasCount(0);
        hasNoViolations(page);
    }

    @Test
    void anAdministratorSaysWhatATenantsCallsKeepTo() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/gateway?tab=guards");
        assertThat(page.getByText("No tenant has settings of its own.")).isVisible();
        hasNoViolations(page);
        button(page, "Add a guard").click();
        page.getByLabel("Tenant").fill("umbrella");
        page.getByLabel("Zones that texts may go to").fill("house,");
        page.getByLabel("Keep personal data from servers").click();
        button(page, "Add a topic").click();
        page.getByLabel("Topic 1", new Page.GetByLabelOptions().setExact(true)).fill("weapons");
        page.getByLabel("Characters of a question, at most").fill("20000");
        page.getByLabel("Content label").fill("Umbrella");
        save(page);
        assertThat(page.locator(".ant-modal")).containsText("the topic 'weapons' must have a name and phrases");
        Locator phrases = page.getByLabel("Phrases of topic 1");
        for (String phrase : new String[] {"build a bomb, at home", "制造炸弹"}) {
            phrases.fill(phrase);
            phrases.press("Enter");
        }
        hasNoViolations(page);
        save(page);
        for (String rule : new String[] {
            "texts go only to house",
            "servers see no personal data",
            "questions of at most 20000 characters",
            "blocked: weapons",
            "texts carry the content label of Umbrella"
        }) {
            assertThat(row(page, "umbrella")).containsText(rule);
        }
        button(page, "Change umbrella").click();
        assertThat(page.locator(".topic-row .ant-select-selection-item-content"))
                .hasText(new String[] {"build a bomb, at home", "制造炸弹"});
        page.getByLabel("Content label").fill("");
        save(page);
        assertThat(row(page, "umbrella")).not().containsText("content label");
        button(page, "Add a guard").click();
        page.getByLabel("Tenant").fill("umbrella");
        save(page);
        assertThat(page.locator(".ant-modal")).containsText("umbrella is there already");
        page.keyboard().press("Escape");
        assertThat(row(page, "umbrella")).containsText("texts go only to house");
        button(page, "Remove umbrella").click();
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").click();
        assertThat(row(page, "umbrella")).hasCount(0);
        hasNoViolations(page);
    }

    @Test
    void aKeyHasABudgetInMoney() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/gateway?tab=keys");
        button(page, "New key").click();
        page.getByLabel("Name").fill("nightly");
        page.getByLabel("Money a day").fill("20.5");
        hasNoViolations(page);
        save(page);
        assertThat(page.locator(".secret")).containsText("bg-");
        button(page, "I have kept it").click();
        assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("nightly")))
                .containsText("CN¥20.50");
    }

    @Test
    void itReadsInChineseOnATelephoneInTheDark() throws IOException {
        Page page = start(390, "zh-CN", ColorScheme.DARK);
        page.navigate(home + "/gateway?tab=servers");
        assertThat(button(page, "添加服务器")).isVisible();
        hasNoViolations(page);
    }
}
