package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import io.agroal.api.AgroalDataSource;
import io.baigong.app.People.Person;
import io.baigong.gateway.admin.RouteAdmin;
import io.baigong.gateway.admin.RouteStore;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.gateway.proxy.Routes;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class RouteAdminTest {
    private static final String BACKENDS = "/api/v1/gateway/backends/";
    private static final String MODELS = "/api/v1/gateway/models/";
    private static final String GUARDS = "/api/v1/gateway/guards/";
    private static final String ANSWER =
            "{\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}";

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @Inject
    RouteStore store;

    @Inject
    ProxyConfig config;

    @Inject
    Vertx vertx;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Person administrator = People.first();
    private HttpServer server;
    private String key;

    @BeforeEach
    void start() throws Exception {
        accounts.ensureFirst();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        key = administrator.sends(Map.of("name", "routes")).post("/api/v1/keys").path("secret");
    }

    @AfterEach
    void clear() throws Exception {
        server.stop(0);
        sql("delete from gateway_route");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private ValidatableResponse ask(String model) {
        return given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body(Map.of("model", model, "messages", List.of()))
                .post("/v1/chat/completions")
                .then();
    }

    private ValidatableResponse ask(String model, String question) {
        return given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body(Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", question))))
                .post("/v1/chat/completions")
                .then();
    }

    private ValidatableResponse put(String where, Object settings) {
        return administrator.sends(settings).put(where).then();
    }

    private void sql(String statement) throws SQLException {
        Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var change = connection.createStatement()) {
                return change.executeUpdate(statement);
            }
        });
    }

    @Test
    void aServerAndAModelServeAtOnceAndAreGoneAtOnce() {
        ask("Qwen/Qwen3-32B").statusCode(404);
        put(BACKENDS + "north", Map.of("url", url(), "secret", "trial", "zone", "eu"))
                .statusCode(204);
        var target = Map.of("backend", "north", "model", "there", "price", Map.of("input", 2, "output", 8));
        put(MODELS + "Qwen/Qwen3-32B", Map.of("targets", List.of(target), "hedgeAfter", 0.5, "cache", "PT2S"))
                .statusCode(204);
        ask("Qwen/Qwen3-32B").statusCode(200).header("x-baigong-backend", "north");
        assertThat(seen.poll())
                .startsWith("/v1/chat/completions Bearer sk-trial ")
                .contains("\"there\"");

        administrator
                .asks()
                .get(BACKENDS)
                .then()
                .body("find { it.name == 'north' }.settings.zone", equalTo("eu"))
                .body("find { it.name == 'north' }.settings.connections", equalTo(256))
                .body("find { it.name == 'north' }.settings.secret", equalTo("trial"))
                .body("find { it.name == 'north' }.changed.by", equalTo("analyst"))
                .body("find { it.name == 'north' }.failing", equalTo(false))
                .body("find { it.name == 'there' }.changed", nullValue());
        administrator
                .asks()
                .get(MODELS)
                .then()
                .body("find { it.name == 'Qwen/Qwen3-32B' }.settings.targets[0].price.output", equalTo(8.0f))
                .body("find { it.name == 'Qwen/Qwen3-32B' }.settings.hedgeAfter", equalTo(0.5f))
                .body("find { it.name == 'Qwen/Qwen3-32B' }.settings.cache", equalTo(2.0f))
                .body("find { it.name == 'house' }.changed", nullValue());

        put(BACKENDS + "north", Map.of("url", url().replace("/v1", "/v2"))).statusCode(204);
        put(MODELS + "Qwen/Qwen3-32B", Map.of("targets", List.of(target))).statusCode(204);
        ask("Qwen/Qwen3-32B").statusCode(200);
        assertThat(seen.poll()).startsWith("/v2/chat/completions null ");

        administrator
                .asks()
                .delete(BACKENDS + "north")
                .then()
                .statusCode(409)
                .body("detail", containsString("the model Qwen/Qwen3-32B names the backend north"));
        administrator.asks().delete(MODELS + "Qwen/Qwen3-32B").then().statusCode(204);
        ask("Qwen/Qwen3-32B").statusCode(404);
        administrator.asks().delete(BACKENDS + "north").then().statusCode(204);
        administrator.asks().delete(BACKENDS + "north").then().statusCode(404);
        administrator
                .asks()
                .get("/api/v1/audit/entries?kind=configuration")
                .then()
                .body("leaf.entry.subject", hasItem("gateway-backend north"))
                .body("leaf.entry.subject", hasItem("gateway-model Qwen/Qwen3-32B"))
                .body("leaf.entry.detail.to", hasItem("removed"));
    }

    @Test
    void aModelMayGiveAnswersAgainForQuestionsThatMeanTheSame() {
        put(BACKENDS + "north", Map.of("url", url())).statusCode(204);
        put(
                        MODELS + "desk",
                        Map.of(
                                "targets",
                                List.of(Map.of("backend", "north")),
                                "semanticCache",
                                Map.of("lifetime", "PT1H", "threshold", 0.9)))
                .statusCode(204);
        administrator
                .asks()
                .get(MODELS)
                .then()
                .body("find { it.name == 'desk' }.settings.semanticCache.threshold", equalTo(0.9f))
                .body("find { it.name == 'house' }.settings.semanticCache", nullValue());
        for (String question : List.of("How do I reset my password?", "怎么重置我的登录密码？")) {
            ask("desk", question).statusCode(200).header("x-baigong-backend", "north");
        }
        ask("desk", "How can I reset my password?").statusCode(200).header("x-baigong-backend", "semantic-cache");
        ask("desk", "如何重置我的登录密码？").statusCode(200).header("x-baigong-backend", "semantic-cache");
        assertThat(seen).hasSize(2);

        put(
                        MODELS + "desk",
                        Map.of("targets", List.of(Map.of("backend", "north")), "semanticCache", Map.of("threshold", 2)))
                .statusCode(400);
    }

    @Test
    void aModelOnAKServeServerIsAskedUnderV2() {
        put(BACKENDS + "triton", Map.of("url", url().replace("/v1", "/v2"), "protocol", "KSERVE"))
                .statusCode(204);
        put(MODELS + "defects", Map.of("targets", List.of(Map.of("backend", "triton", "model", "resnet"))))
                .statusCode(204);
        String tensors = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";
        given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body(tensors)
                .post("/v2/models/defects/infer")
                .then()
                .statusCode(200)
                .header("x-baigong-backend", "triton")
                .body("usage.prompt_tokens", equalTo(5));
        assertThat(seen.poll()).isEqualTo("/v2/models/resnet/infer null " + tensors);
        given().header("Authorization", "Bearer " + key)
                .get("/v2/models/defects/versions/2/ready")
                .then()
                .statusCode(200)
                .body("ready", equalTo(true));
        assertThat(seen.poll()).startsWith("/v2/models/resnet/versions/2/ready ");
        given().get("/v2/models/defects").then().statusCode(401).body("error", containsString("A key"));
        ask("defects").statusCode(400).body("error.message", containsString("POST /v2/models/defects/infer"));
        given().header("Authorization", "Bearer " + key)
                .get("/v1/models")
                .then()
                .body("data.id", not(hasItem("defects")));
        given().header("Authorization", "Bearer " + key)
                .get("/v2/models/all-minilm-l6-v2/ready")
                .then()
                .statusCode(200);

        put(BACKENDS + "triton", Map.of("url", url(), "protocol", "KSERVE", "maskPersonalData", true))
                .statusCode(400)
                .body("detail", containsString("maskPersonalData is for texts"));
        put(MODELS + "mixed", Map.of("targets", List.of(Map.of("backend", "triton"), Map.of("backend", "there"))))
                .statusCode(400)
                .body("detail", containsString("two protocols"));
    }

    @Test
    void aTenantsGuardHoldsAtOnceUntilItIsRemoved() {
        put(BACKENDS + "north", Map.of("url", url())).statusCode(204);
        put(MODELS + "guarded", Map.of("targets", List.of(Map.of("backend", "north"))))
                .statusCode(204);
        String question = "How do I build a bomb?";
        ask("guarded", question).statusCode(200);
        put(GUARDS + "default", Map.of("blockedTopics", Map.of("weapons", List.of("build a bomb", "制造炸弹"))))
                .statusCode(204);
        try {
            ask("guarded", question)
                    .statusCode(400)
                    .body("error.code", equalTo("content_filter"))
                    .body("error.message", containsString("'weapons'"));
            ask("guarded", "Good day").statusCode(200);
            administrator
                    .asks()
                    .get(GUARDS)
                    .then()
                    .statusCode(200)
                    .body("find { it.name == 'default' }.settings.blockedTopics.weapons", hasItem("制造炸弹"))
                    .body("find { it.name == 'default' }.changed.by", equalTo("analyst"));
            administrator
                    .sends(Map.of())
                    .header("If-None-Match", "*")
                    .put(GUARDS + "default")
                    .then()
                    .statusCode(412)
                    .body("type", equalTo("urn:baigong:problem:name-taken"))
                    .body("remedy", containsString("Change it where it is listed"));
            ask("guarded", question).statusCode(400);
            put(GUARDS + "default", Map.of("zones", List.of("abroad"))).statusCode(204);
            ask("guarded", question).statusCode(403).body("error.code", equalTo("zone_not_allowed"));
            put(GUARDS + "default", Map.of("guardrails", List.of("nobody")))
                    .statusCode(400)
                    .body("detail", containsString("[nobody]"));
            put(GUARDS + "default", Map.of("maxPromptCharacters", 0)).statusCode(400);
            put(GUARDS + "default", Map.of("blockedTopics", Map.of("weapons", List.of())))
                    .statusCode(400)
                    .body("detail", containsString("'weapons'"));
            put(GUARDS + "..%2Fx", Map.of()).statusCode(400);
        } finally {
            administrator.asks().delete(GUARDS + "default").then().statusCode(204);
        }
        ask("guarded", question).statusCode(200);
        administrator.asks().delete(GUARDS + "default").then().statusCode(404);
    }

    @Test
    void whatCantBeUsedIsRefusedAndChangesNothing() {
        Map<Object, String> wrong = Map.ofEntries(
                Map.entry(Map.of(), "url must be an http"),
                Map.entry(Map.of("url", "file:///etc/passwd"), "url must be an http"),
                Map.entry(Map.of("url", "http://me:sk-1@127.0.0.1/v1"), "no user"),
                Map.entry(Map.of("url", "http://169.254.169.254/latest"), "no call may go"),
                Map.entry(Map.of("url", "http://[fe80::1]/v1"), "no call may go"),
                Map.entry(Map.of("url", "http://100.100.100.200/v1"), "no call may go"),
                Map.entry(Map.of("url", "http://0.0.0.0/v1"), "no call may go"),
                Map.entry(Map.of("url", url(), "secret", "env:HOME"), "must be a name in"),
                Map.entry(Map.of("url", url(), "secret", "file:/etc/passwd"), "must be a name in"),
                Map.entry(Map.of("url", url(), "secret", "unknown"), "a name in baigong.gateway.secrets"),
                Map.entry(Map.of("url", "http://localhost/v1", "secret", "trial"), "is not for localhost"),
                Map.entry(Map.of("url", url(), "connections", -1), "connections are 1 to"));
        wrong.forEach((settings, said) -> put(BACKENDS + "wrong", settings)
                .statusCode(400)
                .body("detail", allOf(containsString(said), not(containsString("sk-")))));
        put(BACKENDS + "wrong", "{\"url\": ").statusCode(400);
        put(BACKENDS + "wrong", "null").statusCode(400);
        put(BACKENDS + "..%2Fx", Map.of("url", url())).statusCode(400);
        put(MODELS + "m", Map.of("targets", List.of()))
                .statusCode(400)
                .body("detail", containsString("one server at least"));
        put(MODELS + "m", Map.of("targets", List.of(Map.of("backend", "nowhere"))))
                .statusCode(400)
                .body("detail", containsString("names the backend nowhere"));
        var dear = Map.of("backend", "there", "price", Map.of("input", -1, "output", 1));
        put(MODELS + "m", Map.of("targets", List.of(dear))).statusCode(400);
        var shadow = Map.of("target", Map.of("backend", "there"), "share", 2);
        put(MODELS + "m", Map.of("targets", List.of(Map.of("backend", "there")), "shadow", shadow))
                .statusCode(400);
        put(MODELS + "m", Map.of("targets", List.of(Map.of("backend", "there")), "cache", "-PT1H"))
                .statusCode(400);
        for (String fixed : List.of(BACKENDS + "there", MODELS + "house")) {
            administrator.asks().delete(fixed).then().statusCode(409);
        }
        put(BACKENDS + "there", Map.of("url", url())).statusCode(409);
        administrator.asks().get(BACKENDS).then().body("name", not(hasItem("wrong")));
        assertThat(Tenancy.platform().call(store::rows)).isEmpty();
        ask("house").statusCode(200);
    }

    @Test
    void whoIsOfAnotherTenantNeitherSeesNorChangesThem() {
        Person boss = People.ofNewTenant();
        boss.asks().get(BACKENDS).then().statusCode(403);
        boss.asks().get(MODELS).then().statusCode(403);
        boss.sends(Map.of("url", url())).put(BACKENDS + "mine").then().statusCode(403);
        boss.asks().delete(MODELS + "house").then().statusCode(403);
    }

    @Test
    void whatAnotherInstanceAddedIsFoundAndOutlivesAStart() throws Exception {
        sql("insert into gateway_route values"
                + " ('BACKEND', 'south', '{\"url\": \"" + url() + "\"}', 'somebody', now()),"
                + " ('BACKEND', 'broken', '{\"url\": \"" + url() + "\", \"secret\": \"not-here\"}', 'somebody', now()),"
                + " ('BACKEND', 'older', '{}', 'somebody', now()),"
                + " ('MODEL', 'elsewhere', '{\"targets\": [{\"backend\": \"broken\"}]}', 'somebody', now()),"
                + " ('MODEL', 'shared', '{\"targets\": [{\"backend\": \"south\"}]}', 'somebody', now())");
        int status = 0;
        for (int wait = 0; wait < 100 && status != 200; wait++) {
            Thread.sleep(200);
            status = ask("shared").extract().statusCode();
        }
        assertThat(status).isEqualTo(200);
        ask("elsewhere").statusCode(404);
        assertThat(Tenancy.of("acme").call(store::rows))
                .as("another tenant's view")
                .isEmpty();
        administrator
                .asks()
                .get(BACKENDS)
                .then()
                .body("find { it.name == 'south' }.failing", equalTo(false))
                .body("find { it.name == 'broken' }.failing", equalTo(true))
                .body("name", not(hasItem("older")));
        put(BACKENDS + "west", Map.of("url", url())).statusCode(204);
        put(MODELS + "both", Map.of("targets", List.of(Map.of("backend", "west"), Map.of("backend", "broken"))))
                .statusCode(400)
                .body("detail", containsString("the backend broken: secret must be"));
        administrator.asks().delete(BACKENDS + "older").then().statusCode(204);

        var routes = new Routes(config, vertx, InstantSource.system());
        assertThat(routes.standings()).extracting(Routes.Standing::backend).doesNotContain("south");
        new RouteAdmin(routes, store).close();
        assertThat(routes.standings())
                .extracting(Routes.Standing::backend)
                .contains("there", "south", "west")
                .doesNotContain("broken", "older");
    }
}
