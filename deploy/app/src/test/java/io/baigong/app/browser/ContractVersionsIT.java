package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A playbook is written, contracts are reviewed with it, and two versions compared, in a browser against the packaged suite. */
class ContractVersionsIT extends InBrowser {
    private static final String PLAYBOOK = """
            playbook: house
            version: "3"
            title: {en: House rules, zh: 本所规则}
            rules:
              - id: RENEW
                kind: forbidden
                severity: high
                words: [renews automatically]
                title: {en: It renews by itself, zh: 自动续期}
                reason: {en: Nobody looks at it again, zh: 无人再审}
              - id: BOOKS
                kind: required
                severity: medium
                words: [books and records]
                title: {en: No books are kept, zh: 未约定账簿}
                reason: {en: Nothing can be checked, zh: 无从查核}
            """;

    private static final String FIRST = """
            SERVICES AGREEMENT
            1. Fees. Customer shall pay Supplier a fee of $480,000 each year, within thirty days of an invoice.
            2. Term. This Agreement ends on 31 December 2027 unless the parties agree otherwise in writing.
            3. Law. This Agreement is governed by the laws of the State of New York.
            """;

    private static final String SECOND = """
            SERVICES AGREEMENT
            1. Fees. Customer shall pay Supplier a fee of $420,000 each year, within thirty days of an invoice.
            2. Records. Supplier shall keep complete books and records of the work for six years.
            3. Law. This Agreement is governed by the laws of the State of New York.
            4. Renewal. This Agreement renews automatically for one year at the end of its term.
            """;

    private static final Pattern RUN = Pattern.compile(".*/runs/([0-9a-f-]{36}).*");

    private static String review(Page page, String name, String contract) {
        page.navigate(home + "/tasks/finance.contract-review/playbook");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review a contract with it"))
                .click();
        assertThat(page.locator(".ant-upload-list-item")).containsText("house.yaml");
        page.locator(".drop input[type=file]")
                .setInputFiles(new FilePayload(name, "text/plain", contract.getBytes(StandardCharsets.UTF_8)));
        page.locator(".submit").click();
        assertThat(page).hasURL(RUN);
        assertThat(page.locator(".playbook-used")).containsText("House rules");
        var run = RUN.matcher(page.url());
        assertThat(run.matches()).isTrue();
        return run.group(1);
    }

    @Test
    void aPlaybookIsWrittenUsedAndVersionsCompared() throws IOException {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.getByText("Write or change a playbook").click();
        Locator text = page.getByLabel("Playbook (YAML or JSON)");
        assertThat(text).hasValue(Pattern.compile("playbook: services-buying"));
        assertThat(page.locator("#playbook-reading")).containsText("ready for a review");
        hasNoViolations(page);

        text.fill(PLAYBOOK.replace("kind: required", "kind: wished"));
        Locator line = page.locator(".playbook-faults button").first();
        assertThat(line).hasText("Line 12");
        Locator use = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Review a contract with it"));
        assertThat(use).isDisabled();
        hasNoViolations(page);
        line.focus();
        page.keyboard().press("Enter");
        assertThat(text).isFocused();
        assertThat(text.evaluate("(area) => area.value.slice(0, area.selectionStart).split('\\n').length"))
                .isEqualTo(12);
        text.fill("");
        assertThat(page.locator("#playbook-reading")).containsText("Nothing is written yet");
        assertThat(text).hasValue("");
        text.fill(PLAYBOOK);
        assertThat(page.locator("#playbook-reading")).containsText("Version 3, 2 rules");
        Locator file = page.locator("input[type=file]");
        file.setInputFiles(
                new FilePayload("other.yaml", "application/yaml", "playbook: other".getBytes(StandardCharsets.UTF_8)));
        Locator sure = page.getByRole(AriaRole.DIALOG);
        assertThat(sure).containsText("Replace what is written?");
        hasNoViolations(page);
        sure.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(sure).isHidden();
        assertThat(text).hasValue(PLAYBOOK);
        file.setInputFiles(new FilePayload("scan.yaml", "application/yaml", new byte[] {(byte) 0xff, 0x00}));
        assertThat(page.locator(".ant-message")).containsText("It could not be opened");
        assertThat(text).hasValue(PLAYBOOK);
        page.reload();
        assertThat(text).hasValue(PLAYBOOK);
        var taken = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download"))
                        .click());
        assertThat(taken.suggestedFilename()).isEqualTo("house.yaml");
        assertThat(Files.readString(taken.path())).isEqualTo(PLAYBOOK);

        String first = review(page, "first.txt", FIRST);
        String second = review(page, "second.txt", SECOND);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Compare").setExact(true))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/compare\\?right=" + second));
        page.getByLabel("Earlier version").click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText("first.txt"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*left=" + first + ".*"));
        assertThat(page.getByLabel("New in the later version")).containsText("It renews by itself");
        assertThat(page.getByLabel("Gone since the earlier version")).containsText("No books are kept");
        Locator changed = page.locator(".compare-changed");
        assertThat(changed.locator("del")).hasText(List.of("480,000").toArray(String[]::new));
        assertThat(changed.locator("ins")).hasText(List.of("420,000").toArray(String[]::new));
        assertThat(page.locator(".compare-removed")).containsText("ends on 31 December 2027");
        assertThat(page.locator(".compare-added")).hasCount(2);
        hasNoViolations(page);
        page.locator("h1").click();
        page.keyboard().press("j");
        page.keyboard().press("j");
        assertThat(page.locator("[data-change]").nth(1)).isFocused();
        page.getByText("Whole text").click();
        assertThat(page.locator(".compare-same")).hasCount(2);

        String link = page.url();
        context.close();
        Page phone = start(390, "zh-CN", ColorScheme.DARK);
        phone.navigate(link);
        assertThat(phone.getByLabel("较晚版本新增")).containsText("It renews by itself");
        assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        hasNoViolations(phone);
    }
}
