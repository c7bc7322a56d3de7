package io.baigong.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.baigong.app.PackagedSuite;
import io.grpc.Status;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** People and programs of a real Keycloak, and those who say that they are. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderIT {
    private static final String ACME = "/tenants/acme";
    private static final String LOCAL_PASSWORD = "correct horse battery";

    /** After the suite has asked Keycloak anew: see BAIGONG_OIDC_RECHECK below. */
    private static final int RECHECKED_MILLIS = 2_500;

    @TempDir
    static Path folder;

    private static Keycloak keycloak;
    private static PackagedSuite suite;
    private static Chromium chromium;

    private BrowserContext context;

    @BeforeAll
    static void open() throws Exception {
        int port = PackagedSuite.freePort();
        keycloak = new Keycloak("http://127.0.0.1:" + port);
        keycloak.ready();
        String watcher = keycloak.program("baigong", "watcher", Map.of(), Keycloak.mappers("baigong"));
        keycloak.serviceOf(watcher, "tenants/acme", "auditor");
        suite = new PackagedSuite(
                        folder,
                        port,
                        Map.of(
                                "BAIGONG_ACCOUNTS_PASSWORD",
                                LOCAL_PASSWORD,
                                "BAIGONG_OIDC_URL",
                                keycloak.issuer("baigong"),
                                "BAIGONG_OIDC_SECRET",
                                Keycloak.SECRET,
                                "BAIGONG_OIDC_RECHECK",
                                "PT2S"))
                .ready();
        chromium = new Chromium();
        setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void shut() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (suite != null) {
            suite.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @AfterEach
    void leave() {
        if (context != null) {
            context.close();
        }
    }

    private Page visit(String locale) {
        context = chromium.browser().newContext(chromium.visitor(1280, 900, locale));
        context.setDefaultTimeout(60_000);
        Page page = context.newPage();
        page.navigate(suite.address());
        return page;
    }

    private Page signIn(String name) {
        Page page = visit("en-GB");
        page.getByText("Sign in with Keycloak").click();
        give(page, name);
        return page;
    }

    private static void give(Page page, String name) {
        page.locator("#username").fill(name);
        page.locator("#password").fill(Keycloak.PASSWORD);
        page.locator("#kc-login").click();
    }

    private static int me(Page page) {
        return page.request().get(suite.address() + "/api/v1/me").status();
    }

    private static RequestSpecification suite() {
        return given().baseUri(suite.address());
    }

    private static RequestSpecification bearer(String token) {
        return suite().header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification local() {
        return suite().auth().preemptive().basic("analyst", LOCAL_PASSWORD);
    }

    /** An auditor of acme. */
    private static RequestSpecification acme() {
        return bearer(keycloak.token("baigong", "watcher"));
    }

    private static void hasEntry(RequestSpecification auditor, String kind, String actor, String words) {
        JsonPath entries = auditor.queryParam("kind", kind)
                .queryParam("actor", actor)
                .get("/api/v1/audit/entries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(entries.<Object>getList("leaf.entry.detail"))
                .as(kind + " of " + actor)
                .anyMatch(detail -> detail.toString().contains(words));
    }

    @Test
    @Order(1)
    void aPersonSignsInStaysInAndSignsOutOfBoth() {
        String id = keycloak.person("mei", List.of(ACME), "analyst", "reviewer");
        Page page = visit("zh-CN");
        page.getByText("使用 Keycloak 登录").click();
        give(page, "mei");
        page.locator(".home, .workbench").first().waitFor();

        JsonPath me =
                JsonPath.from(page.request().get(suite.address() + "/api/v1/me").text());
        assertThat(me.getString("name")).isEqualTo("mei");
        assertThat(me.getString("tenant")).isEqualTo("acme");
        assertThat(me.getList("roles", String.class)).containsExactly("analyst", "reviewer");
        List<Cookie> cookies = context.cookies(suite.address());
        assertThat(cookies)
                .extracting(cookie -> cookie.name)
                .contains("baigong-session")
                .doesNotContain("q_session");
        Cookie session = cookies.stream()
                .filter(cookie -> cookie.name.equals("baigong-session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.httpOnly).isTrue();
        assertThat(session.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat(Base64.getUrlDecoder().decode(session.value)).hasSize(32);
        hasEntry(acme(), "sign-in", "mei", "OpenID provider");

        keycloak.take(id, "reviewer");
        keycloak.give(id, "auditor");
        page.waitForTimeout(RECHECKED_MILLIS);
        me = JsonPath.from(page.request().get(suite.address() + "/api/v1/me").text());
        assertThat(me.getList("roles", String.class)).as("asked anew").containsExactly("analyst", "auditor");
        assertThat(page.request().get(suite.address() + "/api/v1/usage").status())
                .isEqualTo(200);

        page.getByLabel("mei").click();
        page.getByText("退出登录").click();
        page.getByText("使用 Keycloak 登录").waitFor();
        assertThat(page.url()).isEqualTo(suite.address() + "/");
        assertThat(me(page)).isEqualTo(401);
        hasEntry(acme(), "sign-out", "mei", "ended by its owner");
        page.getByText("使用 Keycloak 登录").click();
        page.locator("#username").waitFor(); // Keycloak knows nobody either
    }

    @Test
    @Order(2)
    void whomKeycloakDisablesOrSignsOutIsOut() {
        String id = keycloak.person("disabled", List.of(ACME), "analyst");
        Page page = signIn("disabled");
        page.locator(".home, .workbench").first().waitFor();
        keycloak.change("/baigong/users/" + id, Map.of("enabled", false));
        page.waitForTimeout(RECHECKED_MILLIS);
        assertThat(me(page)).isEqualTo(401);
        hasEntry(acme(), "sign-out", "disabled", "the provider has ended it");
        context.close();

        String other = keycloak.person("revoked", List.of(ACME), "analyst");
        page = signIn("revoked");
        page.locator(".home, .workbench").first().waitFor();
        keycloak.signOut(other);
        page.waitForTimeout(RECHECKED_MILLIS);
        assertThat(me(page)).isEqualTo(401);
        page.reload();
        assertThat(page.getByText("Sign in with Keycloak")).isVisible();
    }

    @Test
    @Order(3)
    void whoIsOfNoTenantOrOfTwoOrHasALocalNameIsToldSo() {
        keycloak.person("stray", List.of(), "administrator");
        assertThat(signIn("stray").getByRole(AriaRole.ALERT)).containsText("no tenant");
        hasEntry(local(), "sign-in-failed", "stray", "no tenant");
        context.close();
        keycloak.person("double", List.of(ACME, "/tenants/default"), "analyst");
        assertThat(signIn("double").getByRole(AriaRole.ALERT)).containsText("several tenants");
        context.close();
        keycloak.person("analyst", List.of("/tenants/default"), "analyst");
        Page page = signIn("analyst");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("local account");
        assertThat(me(page)).isEqualTo(401);
    }

    @Test
    @Order(4)
    void aSignInThatTheBrowserDidNotBeginIsNone() {
        for (String query : List.of("?state=x&code=y", "?code=y", "?error=access_denied&state=x")) {
            Response back = suite().redirects().follow(false).get("/api/v1/sign-in/provider" + query);
            assertThat(back.statusCode()).as(query).isEqualTo(302);
            assertThat(back.cookie("baigong-session")).isNull();
        }
        Response begun = suite().redirects().follow(false).get("/api/v1/sign-in/provider");
        assertThat(begun.header("Location"))
                .contains("code_challenge_method=S256")
                .contains("nonce=")
                .contains("state=");
        String state = begun.header("Location").replaceAll(".*state=([^&]+).*", "$1");
        for (String query : List.of("?state=another&code=y", "?code=y&state=" + state, "?error=x&state=" + state)) {
            Response forged =
                    suite().redirects().follow(false).cookies(begun.cookies()).get("/api/v1/sign-in/provider" + query);
            assertThat(forged.statusCode()).as(query).isEqualTo(302);
            assertThat(forged.cookie("baigong-session")).as(query).isNull();
            if (query.contains(state)) {
                assertThat(forged.header("Location")).as(query).endsWith("/?refused=failed");
            }
        }
        hasEntry(local(), "sign-in-failed", "nobody", "the sign-in page");
        suite().get("/api/v1/sign-in-options")
                .then()
                .body("password", equalTo(true))
                .body("provider.name", equalTo("Keycloak"));
    }

    @Test
    @Order(5)
    void aProgramActsForItsTenantAlone() {
        String token = keycloak.token("baigong", "baigong-program");
        bearer(token)
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("tenant", equalTo("acme"))
                .body("name", equalTo("service-account-baigong-program"))
                .body("roles", equalTo(List.of("analyst")));
        String run = local().multiPart("sample", "software-licence")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .path("id");
        local().get("/api/v1/runs/" + run).then().statusCode(200);
        bearer(token).get("/api/v1/runs/" + run).then().statusCode(404);
        assertThat(bearer(token).get("/api/v1/runs").<List<String>>path("id")).doesNotContain(run);
        String own = bearer(token)
                .multiPart("sample", "software-licence")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .path("id");
        bearer(token).get("/api/v1/runs/" + own).then().statusCode(200);
        local().get("/api/v1/runs/" + own).then().statusCode(404);
        bearer(token).get("/api/v1/accounts").then().statusCode(403);
        hasEntry(acme(), "sign-in", "service-account-baigong-program", "bearer token");
        hasEntry(acme(), "refusal", "service-account-baigong-program", "analyst");

        keycloak.program("baigong", "no-tenant", Map.of(), Keycloak.mappers("baigong"));
        bearer(keycloak.token("baigong", "no-tenant"))
                .get("/api/v1/me")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:baigong:problem:no-tenant"));
    }

    @Test
    @Order(6)
    void gatewayKeysOpenTheGatewayAsBefore() {
        String secret = local().contentType(ContentType.JSON)
                .body(Map.of("name", "one"))
                .post("/api/v1/keys")
                .path("secret");
        bearer(secret).get("/v1/models").then().statusCode(200);
        bearer(secret).get("/api/v1/runs").then().statusCode(401);
        bearer(keycloak.token("baigong", "baigong-program"))
                .get("/v1/models")
                .then()
                .statusCode(401);
    }

    @Test
    @Order(7)
    void aRealmRoleOnOneVerticalHoldsThereAlone() throws Exception {
        keycloak.make("/baigong/roles", Map.of("name", "analyst:medical"));
        String client = keycloak.program("baigong", "coder", Map.of(), Keycloak.mappers("baigong"));
        keycloak.serviceOf(client, "tenants/acme", "analyst:medical");
        String token = keycloak.token("baigong", "coder");
        bearer(token)
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("roles", equalTo(List.of("analyst")))
                .body("grants", equalTo(List.of("analyst:medical")));
        bearer(token)
                .multiPart("sample", "software-licence")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .then()
                .statusCode(404);
        String run = bearer(token)
                .multiPart("sample", "discharge-en")
                .post("/api/v1/tasks/medical.icd-coding/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        bearer(token).get("/api/v1/runs/" + run).then().statusCode(200);

        try (var grpc = new GrpcRuns(suite.address())) {
            String coded = grpc.run(token, "medical.icd-coding", "discharge-en");
            bearer(token)
                    .get("/api/v1/runs/" + coded)
                    .then()
                    .statusCode(200)
                    .body("caller", equalTo("service-account-coder"));
            local().get("/api/v1/runs/" + coded).then().statusCode(404);
            assertThat(grpc.refusal(token, "finance.contract-review", "software-licence"))
                    .isEqualTo(Status.Code.NOT_FOUND);
            String[] part = token.split("\\.", -1);
            String risen = Tokens.text(part[1]).replace("analyst:medical", "analyst");
            String forged = Tokens.signed(Tokens.text(part[0]), risen, part[2]);
            assertThat(grpc.refusal(forged, "finance.contract-review", "software-licence"))
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    @Order(8)
    void tokensThatAreNotGoodAreRefused() throws Exception {
        String good = keycloak.token("baigong", "baigong-program");
        String[] part = good.split("\\.", -1);
        String header = Tokens.text(part[0]);
        String claims = Tokens.text(part[1]);
        String kid = Tokens.kid(good);
        String risen = claims.replace("\"analyst\"", "\"administrator\"");
        assertThat(risen).isNotEqualTo(claims);
        var keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        PrivateKey other = keys.generateKeyPair().getPrivate();

        refused("nothing", "x");
        refused("none", Tokens.signed("{\"alg\":\"none\"}", claims, ""));
        refused("none with key", Tokens.signed("{\"alg\":\"none\",\"kid\":\"" + kid + "\"}", claims, part[2]));
        refused("changed", Tokens.signed(header, risen, part[2]));
        refused("unsigned", part[0] + "." + part[1] + ".");
        refused("another key", Tokens.rsa(header, risen, other));
        refused("another key of no name", Tokens.rsa("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", risen, other));
        refused("another key of another name", Tokens.rsa("{\"alg\":\"RS256\",\"kid\":\"another\"}", risen, other));
        // RFC 8725, section 2.1: the public key taken for the secret of an HMAC.
        String pem = keycloak.read("/baigong/keys").getString("keys.find { it.kid == '" + kid + "' }.publicKey");
        String hmac = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
        refused("public key as secret", Tokens.hmac(hmac, risen, pem.getBytes(StandardCharsets.UTF_8)));
        refused(
                "public key as secret, DER",
                Tokens.hmac(hmac, risen, Base64.getDecoder().decode(pem)));

        keycloak.make("", Map.of("realm", "other", "enabled", true));
        keycloak.program("other", "baigong-program", Map.of(), Keycloak.mappers("baigong"));
        refused("another realm", keycloak.token("other", "baigong-program"));
        keycloak.program("baigong", "elsewhere", Map.of(), List.of());
        refused("another audience", keycloak.token("baigong", "elsewhere"));
        keycloak.program("baigong", "short", Map.of("access.token.lifespan", "1"), Keycloak.mappers("baigong"));
        String brief = keycloak.token("baigong", "short");
        Thread.sleep(2_000);
        refused("expired", brief);

        bearer(good).get("/api/v1/me").then().statusCode(200);
        hasEntry(local(), "sign-in-failed", "nobody", "not good");
        hasEntry(local(), "sign-in-failed", "nobody", "expired");
    }

    @Test
    @Order(9)
    void onlyAccessTokensCount() {
        keycloak.person("lina", List.of(ACME), "analyst");
        keycloak.make(
                "/baigong/clients",
                Map.of(
                        "clientId",
                        "direct",
                        "secret",
                        Keycloak.SECRET,
                        "publicClient",
                        false,
                        "directAccessGrantsEnabled",
                        true,
                        "attributes",
                        Map.of(),
                        "protocolMappers",
                        Keycloak.mappers("baigong", "true")));
        Response tokens = keycloak.token(
                "baigong",
                Map.of(
                        "grant_type", "password",
                        "client_id", "direct",
                        "client_secret", Keycloak.SECRET,
                        "scope", "openid",
                        "username", "lina",
                        "password", Keycloak.PASSWORD));
        bearer(tokens.path("access_token"))
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("lina"));
        refused("ID token", tokens.path("id_token"));
        refused("refresh token", tokens.path("refresh_token"));
    }

    @Test
    @Order(10)
    void keysMayRotate() {
        Page page = signIn("lina");
        page.locator(".home, .workbench").first().waitFor();
        String old = keycloak.token("baigong", "baigong-program");
        keycloak.rotateKeys();
        String fresh = keycloak.token("baigong", "baigong-program");
        assertThat(Tokens.kid(fresh)).isNotEqualTo(Tokens.kid(old));
        // Keys are fetched anew at most every 5 s.
        page.waitForTimeout(5_500);
        bearer(fresh).get("/api/v1/me").then().statusCode(200);
        refused("signed with a key that was withdrawn", old);
        assertThat(me(page)).isEqualTo(200);
    }

    @Test
    @Order(11)
    void whoSendsManyForgedTokensWaits() {
        int last = 401;
        for (int i = 0; i < 130 && last == 401; i++) {
            last = bearer("forged").get("/api/v1/me").statusCode();
        }
        bearer("forged")
                .get("/api/v1/me")
                .then()
                .statusCode(429)
                .body("type", equalTo("urn:baigong:problem:too-many-sign-ins"));
        bearer(keycloak.token("baigong", "baigong-program"))
                .get("/api/v1/me")
                .then()
                .statusCode(200);
    }

    @Test
    @Order(12)
    void withoutKeycloakNobodyIsBelievedForLongAndLocalAccountsWork() throws Exception {
        Page page = signIn("lina");
        page.locator(".home, .workbench").first().waitFor();
        keycloak.close();
        page.waitForTimeout(RECHECKED_MILLIS);
        assertThat(me(page)).isEqualTo(503);
        assertThat(me(page)).isEqualTo(503);
        local().get("/api/v1/me").then().statusCode(200).body("roles", hasItem("administrator"));
        local().get("/api/v1/audit/verify").then().statusCode(200);
    }

    private static void refused(String what, String token) {
        bearer(token).get("/api/v1/me").then().statusCode(401);
        assertThat(bearer(token).get("/api/v1/runs").statusCode()).as(what).isEqualTo(401);
    }
}
