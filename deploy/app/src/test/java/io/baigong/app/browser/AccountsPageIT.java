package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an administrator does with accounts, in a browser against the packaged suite. */
class AccountsPageIT extends InBrowser {
    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void anAdministratorMakesAnAccountChangesAndDisablesIt() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/accounts");
        button(page, "New account").click();
        Locator form = page.locator(".ant-modal");
        form.locator("#name").fill("li.wei");
        form.getByText("Reviewer").click();
        form.getByLabel("Tasks of the role Reviewer").fill("medical");
        page.locator(".ant-select-item-option-content")
                .getByText("all of medical")
                .click();
        form.locator(".ant-modal-title").click();
        hasNoViolations(page);
        form.locator(".ant-modal-footer .ant-btn-primary").click();
        assertThat(page.locator(".account-password")).isVisible();
        hasNoViolations(page);
        button(page, "I have kept it").click();

        Locator row = page.locator("tr[data-row-key='li.wei']");
        assertThat(row).containsText("AnalystReviewer medical");
        button(page, "Disable li.wei").click();
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").click();
        assertThat(row).containsText("disabled");
        hasNoViolations(page);

        button(page, "Disable analyst").click();
        page.locator(".ant-popconfirm-buttons .ant-btn-primary").last().click();
        assertThat(page.locator(".ant-message")).containsText("last administrator");
    }

    @Test
    void itReadsInChineseOnATelephoneInTheDark() throws IOException {
        Page page = start(390, "zh-CN", ColorScheme.DARK);
        page.navigate(home + "/accounts");
        assertThat(page.locator("tr[data-row-key='analyst']")).containsText("管理员");
        hasNoViolations(page);
    }
}
