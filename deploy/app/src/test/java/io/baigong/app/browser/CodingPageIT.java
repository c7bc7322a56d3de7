package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a coder does with a note, in a browser against the packaged suite. */
class CodingPageIT extends InBrowser {
    private Page code(int width, String locale, ColorScheme scheme, int sample) {
        Page page = start(width, locale, scheme);
        page.navigate(home + "/tasks/medical.icd-coding");
        page.locator(".sample-list button").nth(sample).click();
        page.locator(".coding [data-card]").first().waitFor();
        return page;
    }

    private Page code() {
        return code(1440, "en-US", ColorScheme.LIGHT, 0);
    }

    private static Locator card(Page page, String code) {
        return page.locator("[data-card='" + code + "']");
    }

    @Test
    void goesFromACodeToItsWordsAndBack() {
        Page page = code();
        card(page, "I10").locator(".item-head").click();
        assertThat(page.locator("mark.mark-selected")).hasText("hypertension");
        page.locator("mark[data-subject='R05']").click();
        assertThat(page.locator(".item-selected")).hasAttribute("data-card", "R05");
        assertThat(page.locator(".item-selected")).isInViewport();
    }

    @Test
    void codesByKeyboardAloneAndKeepsIt() {
        Page page = code();
        page.keyboard().press("j");
        assertThat(page.locator(".item-selected")).hasAttribute("data-card", "I10");
        page.keyboard().press("a");
        assertThat(card(page, "I10")).containsText("Accepted");
        page.keyboard().press("c");
        assertThat(page.locator(".code-search input")).isFocused();
        page.keyboard().type("hypertensive heart disease without");
        assertThat(page.locator("[role=option]").first()).containsText("I11.9");
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(card(page, "I10").locator(".item-head")).containsText("I11.9");
        page.keyboard().press("p");
        assertThat(page.locator(".principal")).containsText("I11.9");
        page.keyboard().press("j");
        page.keyboard().press("r");
        assertThat(page.locator(".item-selected")).containsText("Removed");
        page.keyboard().press("n");
        assertThat(page.locator(".draft textarea")).isFocused();
        page.keyboard().type("Exacerbated, see J44.1");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".item-selected")).containsText("Exacerbated, see J44.1");
        page.reload();
        assertThat(page.locator(".principal")).containsText("I11.9");
        assertThat(page.locator(".principal")).not().containsText("proposed");
        assertThat(page.locator(".item-removed")).hasCount(1);
    }

    @Test
    void addsACodeWithTheSelectedWordsAndLooksAtTheRulesAgain() {
        Page page = code();
        page.locator(".note-sheet p")
                .filter(new Locator.FilterOptions().setHasText("Former smoker"))
                .locator("span[data-start]")
                .last()
                .evaluate("""
                        (piece) => {
                          const at = piece.firstChild.data.indexOf('Former smoker');
                          getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + 'Former smoker'.length);
                        }""");
        page.keyboard().press("/");
        assertThat(page.locator(".code-evidence")).containsText("Former smoker");
        assertThat(page.locator(".code-search input")).isFocused();
        page.keyboard().type("personal history of nicotine dependence");
        assertThat(page.locator("[role=option]").first()).containsText("Z87.891");
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(card(page, "added:Z87.891")).containsText("Former smoker");
        page.getByRole(AriaRole.TAB).nth(1).click();
        assertThat(page.getByText("For the list as it now stands.")).isVisible();
    }

    @Test
    void goesDownTheClassification() {
        Page page = code();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add a code"))
                .click();
        page.locator(".place-below button")
                .filter(new Locator.FilterOptions().setHasText("S00-T88"))
                .click();
        page.locator(".place-below button")
                .filter(new Locator.FilterOptions().setHasText("S72"))
                .click();
        assertThat(page.locator(".place h3")).containsText("Fracture of femur");
        assertThat(page.locator(".place")).containsText("7th character");
        assertThat(page.locator(".place")).containsText("Not valid for reporting");
    }

    @Test
    void losesNoCommentWhenTheSignInExpires() {
        Page page = code();
        card(page, "I10").locator(".item-head").click();
        page.keyboard().press("n");
        assertThat(page.locator(".draft textarea")).isFocused();
        page.keyboard().type("Seen by the cardiologist");
        card(page, "I10").locator(".item-head").focus();
        page.keyboard().press("j");
        assertThat(page.locator(".draft")).hasCount(0);
        page.keyboard().press("k");
        assertThat(page.locator(".draft textarea")).hasValue("Seen by the cardiologist");
        page.locator(".draft textarea").focus();
        context.clearCookies();
        page.keyboard().press("Control+Enter");
        signIn(page, PASSWORD);
        card(page, "I10").waitFor();
        if (!page.locator(".draft textarea").isVisible()) {
            page.keyboard().press("n");
        }
        assertThat(page.locator(".draft textarea")).hasValue("Seen by the cardiologist");
    }

    @Test
    void saysWhatWasPresentOnAdmission() {
        Page page = code();
        card(page, "I10").locator(".item-head").click();
        Locator admission = card(page, "I10").locator(".admission");
        assertThat(admission).containsText("not said");
        admission.getByText("W", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(admission).containsText("clinically undetermined");
        assertThat(card(page, "I10")).not().containsText("Accepted");
        page.reload();
        assertThat(card(page, "I10").locator(".item-head")).containsText("POA W");
        admission.getByText("–", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(admission).containsText("not said");
    }

    @Test
    void speaksChineseAndFitsAPhone() {
        Page page = code(390, "zh-CN", ColorScheme.DARK, 2);
        assertThat(page.locator(".principal")).containsText("主要诊断");
        page.locator(".coding [data-card] .item-head").first().click();
        page.locator(".admission").first().scrollIntoViewIfNeeded();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    }

    @Test
    void isAccessible() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = code(1440, "en-US", scheme, 0);
            card(page, "I10").locator(".item-head").click();
            hasNoViolations(page);
            page.getByRole(AriaRole.TAB).nth(1).click();
            hasNoViolations(page);
            page.keyboard().press("/");
            assertThat(page.locator(".code-search input")).isFocused();
            page.keyboard().type("kidney");
            page.locator("[role=option]").first().waitFor();
            hasNoViolations(page);
            context.close();
        }
    }
}
