package io.baigong.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.registry.language.LanguageModel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a language model over REST: what serves it runs elsewhere, and a run names it by its digest. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class LanguageModelVersionsTest {
    private static final String ROLE = "/api/v1/models/finance.counsel";

    @Inject
    Accounts accounts;

    private People.Person maker;
    private People.Person owner;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        maker = People.made(People.first(), Roles.MODEL_OWNER);
        owner = People.made(People.first(), Roles.MODEL_OWNER);
    }

    private static byte[] described(String served) throws IOException {
        var files = new TreeMap<>(Map.of("legal.gguf", new LanguageModel.Part(9, "0a".repeat(32))));
        return new LanguageModel(
                        LanguageModel.FORMAT,
                        LanguageModel.Kind.GGUF,
                        "<b>Legal</b>",
                        "7",
                        served,
                        "qwen2",
                        42,
                        4096,
                        "Q4_K",
                        null,
                        files)
                .json();
    }

    private Response register(byte[] description) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("model.json"));
            zip.write(description);
        }
        return maker.asks()
                .multiPart("artifact", "model.zip", bytes.toByteArray())
                .post(ROLE + "/versions");
    }

    private static Response step(RequestSpecification who, String step, String body) {
        return who.contentType(ContentType.JSON).body(body).post(ROLE + "/" + step);
    }

    /** Name and digest of the model that a contract's review asked for its explanations. */
    private List<String> counsel() {
        Response run = People.first()
                .asks()
                .multiPart("sample", "software-licence")
                .post("/api/v1/tasks/finance.contract-review/runs");
        run.then().statusCode(201);
        Map<String, Object> used = People.first()
                .asks()
                .get("/api/v1/runs/" + run.path("id"))
                .path("models.find { it.role == 'finance.counsel' }");
        return List.of(String.valueOf(used.get("name")), String.valueOf(used.get("sha256")));
    }

    @Test
    void aVersionThatIsPromotedIsAskedAndNamedByItsDigest() throws Exception {
        assertThat(counsel()).containsExactly("house", "");
        Response made = register(described("house"));
        made.then().statusCode(201);
        int number = made.path("number");
        String version = "versions/" + number;
        maker.asks()
                .get(ROLE + "/" + version)
                .then()
                .statusCode(200)
                .body("version.name", equalTo("<b>Legal</b>"))
                .body("version.parameters", equalTo(42))
                .body("version.signature.inputs[0].name", equalTo("messages"));
        step(owner.asks(), version + "/approval", "{\"override\": \"no benchmark asks it alone\"}")
                .then()
                .statusCode(200);
        step(owner.asks(), version + "/promotion", "{\"reason\": \"our own\"}")
                .then()
                .statusCode(200);
        List<String> asked = counsel();
        assertThat(asked.getFirst()).isEqualTo("<b>Legal</b>");
        assertThat(asked.getLast()).matches("[0-9a-f]{64}");
        assertThat(owner.asks().get(ROLE + "/" + version + "/bundle").statusCode())
                .isEqualTo(200);
        assertThat(owner.asks()
                        .get(ROLE + "/" + version + "/report?format=html&language=en")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("&lt;b&gt;Legal&lt;/b&gt;")
                .doesNotContain("<b>Legal");
        step(owner.asks(), "rollback", "{\"reason\": \"the end of the test\"}")
                .then()
                .statusCode(200);
        assertThat(counsel()).containsExactly("house", "");
    }

    @Test
    void whatCantBeAskedIsNotRegistered() throws Exception {
        register(described("nobody"))
                .then()
                .statusCode(422)
                .body("detail", containsString("served as nobody"))
                .body("detail", containsString("house"));
        register("{}".getBytes(UTF_8)).then().statusCode(422).body("detail", containsString("can't be opened"));
    }
}
