package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a person does with a review, in a browser against the packaged suite. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewPageIT extends InBrowser {
    private static final Pattern RUN = Pattern.compile(".*/runs/[0-9a-f-]{36}.*");

    private Page review(int width, String locale, ColorScheme scheme, int sample) {
        Page page = start(width, locale, scheme);
        page.locator(".sample-list button").nth(sample).click();
        page.locator("[data-card]").first().waitFor();
        return page;
    }

    private Page reviewPdf() {
        return review(1440, "en-US", ColorScheme.LIGHT, 0);
    }

    private static void isSelected(Page page, String item) {
        assertThat(page.locator(".item-selected")).hasAttribute("data-card", item);
    }

    @Test
    @Order(1)
    void refusesAWrongPasswordAndOpensOnASample() {
        Page page = visit(1440, "en-US", ColorScheme.LIGHT);
        signIn(page, "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("do not match an account");
        signIn(page, PASSWORD);
        assertThat(page).hasURL(RUN);
        assertThat(page.getByRole(AriaRole.NOTE)).containsText("sample contract");
        assertThat(page.locator("[data-card=f1]")).isVisible();
        assertThat(page.locator(".pdf-page canvas").first()).isVisible();
    }

    @Test
    void goesFromAFindingToItsWordsAndBack() {
        Page page = reviewPdf();
        String cap = page.locator("[data-card]")
                .filter(new Locator.FilterOptions().setHasText("Liability cap too low"))
                .getAttribute("data-card");
        page.locator("[data-card=" + cap + "] .item-head").click();
        Locator words = page.locator(".pdf-page .mark-selected").first();
        assertThat(words).isInViewport();
        assertThat(page.locator(".textLayer")
                        .filter(new Locator.FilterOptions().setHasText("THREE (3) MONTHS"))
                        .first())
                .isAttached();

        Locator other =
                page.locator(".pdf-page .mark-clause:not(.mark-selected)").last();
        other.scrollIntoViewIfNeeded();
        var box = other.boundingBox();
        page.mouse().click(box.x + box.width - 3, box.y + box.height / 2);
        assertThat(page.locator(".item-selected")).not().hasAttribute("data-card", cap);
        assertThat(page.locator(".item-selected")).isInViewport();
    }

    @Test
    void filtersBySeverity() {
        Page page = reviewPdf();
        int all = page.locator("[data-card^=f]").count();
        Locator critical = page.locator(".filter").first();
        int wanted = Integer.parseInt(critical.locator(".count").textContent());
        critical.click();
        assertThat(critical).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("[data-card^=f]")).hasCount(wanted);
        assertThat(wanted).isPositive().isLessThan(all);
    }

    @Test
    void aLinkOpensAtAClauseWithTheSameFilters() {
        Page page = reviewPdf();
        int all = page.locator("[data-card^=f]").count();
        page.locator(".filter").first().click();
        assertThat(page).hasURL(Pattern.compile(".*[?&]severity=CRITICAL.*"));
        assertThat(page.locator("[data-card^=f]")).not().hasCount(all);
        int wanted = page.locator("[data-card^=f]").count();
        page.keyboard().press("3");
        page.getByLabel("Filter clauses").fill("law");
        assertThat(page.locator("[data-card^=c]")).hasCount(1);
        page.locator("[data-card^=c] .item-head").click();
        String clause = page.locator(".item-selected").getAttribute("data-card");
        String link = page.url();
        page.close();

        Page opened = context.newPage();
        opened.navigate(link);
        isSelected(opened, clause);
        assertThat(opened.locator(".item-selected")).isInViewport();
        assertThat(opened.locator(".pdf-page .mark-selected").first()).isInViewport();
        assertThat(opened.locator("[data-card^=c]")).hasCount(1);
        opened.keyboard().press("1");
        assertThat(opened.locator("[data-card^=f]")).hasCount(wanted);
    }

    @Test
    void keepsADecisionAndItsAddressAcrossAReload() {
        Page page = reviewPdf();
        page.locator("[data-card=f2] .item-head").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Accept").setExact(true))
                .click();
        assertThat(page.locator("[data-card=f2] .decision")).containsText("by analyst");
        assertThat(page).hasURL(Pattern.compile(".*[?&]item=f2.*"));
        page.reload();
        isSelected(page, "f2");
        assertThat(page.locator("[data-card=f2] .decision")).containsText("Accepted");
        assertThat(page.locator(".decided")).containsText("1 of ");
    }

    @Test
    void keepsACorrection() {
        Page page = reviewPdf();
        page.locator("[data-card=f1] .item-head").click();
        page.keyboard().press("c");
        page.getByLabel("What it should say").fill("Agreed: the notice is ninety days.");
        page.locator(".draft button[type=submit]").click();
        page.reload();
        assertThat(page.locator("[data-card=f1] .decision")).containsText("Agreed: the notice is ninety days.");
    }

    @Test
    void commentsWithoutDeciding() throws IOException {
        Page page = reviewPdf();
        page.keyboard().press("j");
        page.keyboard().press("n");
        page.getByLabel("Comment", new Page.GetByLabelOptions().setExact(true)).fill("<b>See</b> page 7.");
        page.keyboard().press("Control+Enter");
        Locator card = page.locator(".item-selected");
        assertThat(card.locator(".comments")).containsText("<b>See</b> page 7.");
        assertThat(card.locator(".decision")).hasCount(0);
        page.locator("h1").click();
        page.keyboard().press("Shift+N");
        Locator drawer = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Comments"));
        assertThat(drawer.locator("textarea")).isFocused();
        page.keyboard().type("The whole is old.");
        page.keyboard().press("Control+Enter");
        assertThat(drawer.locator(".comments li")).hasCount(2);
        hasNoViolations(page);
        page.reload();
        assertThat(page.locator(".item-selected .comments")).containsText("by analyst");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Comments")))
                .containsText("2");
    }

    @Test
    void worksFromTheKeyboard() {
        Page page = reviewPdf();
        page.keyboard().press("j");
        page.keyboard().press("j");
        isSelected(page, "f2");
        // The arrows are the list's only while it has the focus.
        assertThat(page.locator("[data-card=f2] .item-head")).isFocused();
        page.keyboard().press("ArrowUp");
        isSelected(page, "f1");
        page.keyboard().press("a");
        assertThat(page.locator("[data-card=f1] .decision")).containsText("Accepted");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Keyboard shortcuts");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        page.keyboard().press("3");
        assertThat(page.locator("[role=tab][aria-selected=true]")).containsText("Clauses");
    }

    @Test
    void speaksChinese() {
        Page page = review(1440, "zh-CN", ColorScheme.LIGHT, 0);
        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(page.locator("[role=tab][aria-selected=true]")).containsText("审查发现");
        assertThat(page.locator("[data-card=f1] .item-title")).hasText(Pattern.compile(".*[\u4e00-\u9fff].*"));
    }

    @Test
    void showsTrackedChangesAndEitherVersion() throws IOException {
        Page page = review(1440, "en-US", ColorScheme.LIGHT, 1);
        assertThat(page.locator(".sheet del").filter(new Locator.FilterOptions().setHasText("£420,000")))
                .isVisible();
        assertThat(page.locator(".sheet ins").filter(new Locator.FilterOptions().setHasText("£480,000")))
                .isVisible();
        hasNoViolations(page);

        page.locator(".ant-segmented-item")
                .filter(new Locator.FilterOptions().setHasText("Original"))
                .click();
        assertThat(page.locator(".sheet ins, .sheet del")).hasCount(0);
        assertThat(page.locator(".sheet")).containsText("£420,000");
        assertThat(page.locator(".sheet")).not().containsText("£480,000");
        hasNoViolations(page);
    }

    @Test
    void tellsWhatToDoAboutAFileThatCantBeRead() {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.locator(".drop input[type=file]")
                .setInputFiles(new FilePayload("empty.pdf", "application/pdf", new byte[0]));
        page.locator(".submit").click();
        Locator problem = page.locator(".problem");
        assertThat(problem).containsText("What to do");
        assertThat(problem.getByRole(AriaRole.LINK)).isVisible();
    }

    @Test
    void fitsAPhone() {
        Page page = review(390, "en-US", ColorScheme.DARK, 0);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        page.locator("[data-card=f1] .item-head").click();
        page.locator(".quote").first().click();
        assertThat(page.locator(".pdf-page .mark-selected").first()).isInViewport();
        assertThat(page.locator("[data-card=f1]")).isHidden();
    }

    @Test
    void signsOut() {
        Page page = start(1440, "en-US", ColorScheme.LIGHT);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Account of analyst"))
                .click();
        page.getByText("Sign out").click();
        assertThat(page.locator("input[type=password]")).isVisible();
        page.reload();
        assertThat(page.locator("input[type=password]")).isVisible();
    }

    @Test
    void isAccessible() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = visit(1440, "en-US", scheme);
            assertThat(page.locator("input[type=password]")).isVisible();
            hasNoViolations(page);
            context.close();
            page = start(1440, "en-US", scheme);
            hasNoViolations(page);
            page.locator(".sample-list button").first().click();
            page.locator("[data-card=f1] .item-head").click();
            page.keyboard().press("c");
            hasNoViolations(page);
            page.getByRole(AriaRole.TAB).nth(2).click();
            hasNoViolations(page);
            context.close();
        }
    }
}
