package io.baigong.app;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans of tuning language models over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PlanTest {
    private static final Map<String, Object> GPUS =
            Map.of("nodes", 1, "perNode", 8, "memoryGib", 80, "teraflops", 989, "share", 0.5);

    @Inject
    Accounts accounts;

    private Person boss;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        boss = People.ofNewTenant();
    }

    /** Full SFT of LLaMA 7B on 8 GPUs. */
    static ObjectNode recipe() throws Exception {
        return new JsonMapper().readValue("""
                {"objective": "sft", "method": "full",
                 "baseModel": {"name": "llama-7b", "config": {"model_type": "llama", "num_hidden_layers": 32,
                   "hidden_size": 4096, "num_attention_heads": 32, "intermediate_size": 11008, "vocab_size": 32000,
                   "max_position_embeddings": 2048}},
                 "parallel": {"data": 8, "tensor": 1, "pipeline": 1}, "zeroStage": 0, "precision": "bf16",
                 "gradientCheckpointing": true, "sequenceLength": 1024, "batch": 1, "accumulation": 4, "epochs": 1,
                 "learningRate": 1e-5, "seed": 1}
                """, ObjectNode.class);
    }

    private ValidatableResponse plan(ObjectNode recipe, Map<String, Object> gpus) {
        var body = new HashMap<String, Object>(Map.of("recipe", recipe, "gpus", gpus, "examples", 3200));
        return boss.sends(body).post("/api/v1/training/plans").then();
    }

    @Test
    void aRecipeIsPlannedBeforeAnythingIsRun() throws Exception {
        plan(recipe(), GPUS)
                .statusCode(200)
                .body("parameters", equalTo(6_738_415_616L))
                .body("wanted.fits", equalTo(false))
                .body("wanted.steps", equalTo(100))
                .body("wanted.memoryGib.optimizer.toDouble()", closeTo(12 * 6_738_415_616.0 / (1 << 30), 0.01))
                .body("nearest.zeroStage", equalTo(1))
                .body("nearest.fits", equalTo(true))
                .body("others.zeroStage", hasItem(3));
        plan(recipe().put("zeroStage", 3), GPUS).statusCode(200).body("wanted.fits", equalTo(true));
    }

    @Test
    void whereNothingFitsThereIsNoNearest() throws Exception {
        plan(recipe(), Map.of("nodes", 1, "perNode", 8, "memoryGib", 8, "teraflops", 989))
                .statusCode(200)
                .body("nearest", nullValue())
                .body("least.fits", equalTo(false));
    }

    @Test
    void whatIsWrongIsNamedWithItsRemedy() throws Exception {
        plan(recipe().put("zeroStage", 7), GPUS).statusCode(400).body("detail", containsString("zeroStage"));
        ObjectNode pipelines = recipe();
        pipelines.withObjectProperty("parallel").put("pipeline", 2);
        plan(pipelines, GPUS).statusCode(400).body("remedy", containsString("zeroStage 3"));
        plan(recipe(), Map.of("nodes", 2, "perNode", 8, "memoryGib", 80, "teraflops", 989))
                .statusCode(400)
                .body("detail", containsString("8 GPUs, and there are 16"));
        plan(recipe(), Map.of("nodes", 1, "perNode", 8)).statusCode(400);
        boss.sends(Map.of("recipe", recipe(), "gpus", GPUS))
                .post("/api/v1/training/plans")
                .then()
                .statusCode(400)
                .body("detail", containsString("examples"));
        boss.sends(Map.of()).post("/api/v1/training/plans").then().statusCode(400);
        People.made(boss, "reviewer")
                .sends(Map.of())
                .post("/api/v1/training/plans")
                .then()
                .statusCode(403);
    }
}
