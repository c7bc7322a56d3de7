package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others do comes to a page that nobody touches. */
class LiveIT extends InBrowser {
    /** Less than the page would wait before it asks by itself. */
    private static final double AT_ONCE_MILLIS = 8_000;

    private static RequestSpecification elsewhere() {
        return given().auth().preemptive().basic("analyst", PASSWORD);
    }

    private static String run() {
        var made = elsewhere()
                .multiPart("note", "Pneumonia and fever.")
                .post(home + "/api/v1/tasks/medical.icd-coding/runs");
        made.then().statusCode(201);
        return made.path("id");
    }

    @Test
    void aRunMadeElsewhereAppearsAndGoesWhenItIsDecided() {
        String first = run();
        Page page = visit(1440, "en-US", ColorScheme.LIGHT);
        page.waitForResponse(response -> response.url().endsWith("/api/v1/events"), () -> signIn(page, PASSWORD));
        page.locator(".home .queue a[href='/runs/" + first + "']").waitFor();
        String second = run();
        assertThat(page.locator(".home .queue a[href='/runs/" + second + "']"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(AT_ONCE_MILLIS));
        elsewhere()
                .contentType(ContentType.JSON)
                .body(Map.of("subject", "list", "verdict", "ACCEPTED"))
                .post(home + "/api/v1/runs/" + second + "/decisions")
                .then()
                .statusCode(201);
        assertThat(page.locator(".home .queue a[href='/runs/" + second + "']"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(AT_ONCE_MILLIS));
    }
}
