package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What people do with machines and inspected parts, in a browser against the packaged suite. */
class ManufacturingPageIT extends InBrowser {
    private Page sample(String task, int width, String locale, ColorScheme scheme) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/" + task);
        page.locator(".sample-list button").first().click();
        page.locator(".workbench").waitFor();
        return page;
    }

    @Test
    void showsAMachineAndKeepsWhatBecomesOfAnAlarm() throws IOException {
        Page page = sample("manufacturing.predictive-maintenance", 1440, "en-US", ColorScheme.LIGHT);
        assertThat(page.locator(".machine h2")).containsText("M0059");
        page.locator(".chart canvas").waitFor();
        assertThat(page.locator(".life")).isVisible();
        hasNoViolations(page);
        page.keyboard().press("2");
        page.locator(".item-head").first().click();
        page.keyboard().press("a");
        assertThat(page.locator(".item-selected")).containsText("Acknowledged");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Assign"))
                .click();
        page.getByLabel("Assign to").fill("Bo");
        page.locator(".draft button[type=submit]").click();
        assertThat(page.locator(".item-selected")).containsText("Assigned to Bo");
        hasNoViolations(page);
        page.reload();
        assertThat(page.locator(".item-selected")).containsText("Assigned to Bo");
    }

    @Test
    void drawsALabelAndShowsEscapeAndOverkill() throws IOException {
        Page page = sample("manufacturing.defect-detection", 1440, "en-US", ColorScheme.DARK);
        page.locator(".inspected img").waitFor();
        assertThat(page.locator(".inspected .box").count()).isGreaterThanOrEqualTo(6);
        // Boxes lie where the defects are only if the picture keeps its shape.
        Object stretch = page.locator(".inspected img")
                .evaluate("(img) => (img.clientWidth / img.clientHeight) / (img.naturalWidth / img.naturalHeight)");
        assertThat(((Number) stretch).doubleValue()).isBetween(0.99, 1.01);
        hasNoViolations(page);
        page.keyboard().press("d");
        var picture = page.locator(".inspected").boundingBox();
        page.mouse().move(picture.x + 50, picture.y + 60);
        page.mouse().down();
        page.mouse().move(picture.x + 120, picture.y + 140);
        page.mouse().up();
        page.locator("#label-kind").fill("scratch");
        page.locator(".label-form button[type=submit]").click();
        assertThat(page.locator("[data-card^='label:']")).containsText("Scratch");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The part is bad"))
                .click();
        page.keyboard().press("2");
        assertThat(page.locator(".rates")).containsText("0 of 1 bad part would pass");
        hasNoViolations(page);
        page.keyboard().press("3");
        page.locator(".gallery img").first().waitFor();
        hasNoViolations(page);
    }

    @Test
    void speaksChineseAndFitsAPhone() {
        Page page = sample("manufacturing.predictive-maintenance", 390, "zh-CN", ColorScheme.DARK);
        assertThat(page.locator(".fleet")).containsText("计划更换");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    }
}
