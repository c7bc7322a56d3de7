package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an operator does with schedules and watched folders, in a browser against the packaged suite. */
class SourcesPageIT extends InBrowser {
    /** A schedule of every minute is due within one. */
    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(120_000);

    private static void inbox() throws IOException {
        Path inbox = Files.createDirectories(folder.resolve("watched/default/inbox"));
        Path notes = Files.writeString(inbox.resolve("notes.jsonl"), "{\"note\": \"Hypertension.\"}\n");
        Files.setLastModifiedTime(notes, FileTime.from(Instant.EPOCH));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static void choose(Page page, String task) {
        page.locator("#source_task").click();
        page.locator(".ant-select-item-option")
                .filter(new Locator.FilterOptions().setHasText(task))
                .first()
                .click();
    }

    @Test
    void anOperatorSchedulesWatchesReadsAndRemoves() throws IOException {
        inbox();
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.navigate(home + "/batches");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sources"))
                .click();
        Locator schedules = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Schedules"));
        Locator folders = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Watched folders"));
        assertThat(folders).containsText("No folder is watched yet");
        hasNoViolations(page);

        button(page, "New schedule").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("every <b>minute</b>");
        choose(page, "ICD");
        page.getByLabel("Folder", new Page.GetByLabelOptions().setExact(true)).fill("none");
        page.getByLabel("Cron expression").fill("61 * * * *");
        assertThat(page.locator(".schedule-preview")).containsText("five fields");
        page.getByLabel("Cron expression").fill("* * * * *");
        assertThat(page.locator(".schedule-preview li")).hasCount(3);
        hasNoViolations(page);
        button(page, "Save").click();
        assertThat(page.locator(".ant-modal")).containsText("there is no folder none");
        page.getByLabel("Folder", new Page.GetByLabelOptions().setExact(true)).fill("inbox");
        page.keyboard().press("Enter");
        assertThat(schedules).containsText("every <b>minute</b>");

        button(page, "Watch a folder").click();
        choose(page, "ICD");
        page.getByLabel("Folder", new Page.GetByLabelOptions().setExact(true)).fill("inbox");
        button(page, "Save").click();
        assertThat(folders).containsText("notes.jsonl", PATIENTLY);
        assertThat(schedules).containsText("Batch of", PATIENTLY);
        hasNoViolations(page);
        button(page, "Remove every <b>minute</b>").click();
        page.locator(".ant-popconfirm .ant-btn-primary").click();
        assertThat(schedules).not().containsText("minute");
        folders.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("notes.jsonl"))
                .click();
        assertThat(page.locator(".batch-head")).containsText("notes.jsonl");
    }

    @Test
    void itReadsInChineseOnATelephoneInTheDark() throws IOException {
        Page page = start(390, "zh-CN", ColorScheme.DARK);
        page.navigate(home + "/batches/sources");
        button(page, "新建计划").click();
        page.getByText("重新运行早先的输入").click();
        page.getByLabel("名称", new Page.GetByLabelOptions().setExact(true)).fill("每周重新评分");
        choose(page, "编码");
        page.getByLabel("Cron 表达式").fill("0 6 * * MON");
        assertThat(page.locator(".schedule-preview li")).hasCount(3);
        hasNoViolations(page);
        page.locator(".ant-modal-footer .ant-btn-primary").click();
        assertThat(page.locator(".sources")).containsText("此前 7天内的运行");
        assertThat(page.locator(".ant-modal")).hasCount(0);
        hasNoViolations(page);
    }
}
