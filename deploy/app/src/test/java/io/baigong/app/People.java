package io.baigong.app;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Accounts for tests, made as administrators make them. */
final class People {
    static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private People() {}

    /** Somebody with an account, who sends its password with each request. */
    record Person(String name, String signInName, String password) {
        RequestSpecification asks() {
            return given().auth().preemptive().basic(signInName, password);
        }

        String tenant() {
            int slash = signInName.indexOf('/');
            return slash < 0 ? "default" : signInName.substring(0, slash);
        }

        RequestSpecification sends(Object json) {
            return asks().contentType(ContentType.JSON).body(json);
        }
    }

    /** The account of the first start, which may do all in the default tenant. */
    static Person first() {
        return new Person("analyst", "analyst", PASSWORD);
    }

    /** A new account beside that of an administrator. */
    static Person made(Person administrator, String... roles) {
        return made(administrator, Map.of("name", "p" + NUMBER.incrementAndGet(), "roles", List.of(roles)));
    }

    /** The first account of a new tenant, which may do all in it. */
    static Person ofNewTenant() {
        return ofTenant("tenant-" + NUMBER.incrementAndGet());
    }

    /** The same of a tenant of that name. */
    static Person ofTenant(String tenant) {
        return made(
                first(),
                Map.of(
                        "name",
                        "boss",
                        "tenant",
                        tenant,
                        "roles",
                        List.of("administrator", "analyst", "auditor", "model-owner", "operator", "reviewer")));
    }

    private static Person made(Person administrator, Map<String, Object> account) {
        Response made = administrator.sends(account).post("/api/v1/accounts");
        made.then().statusCode(201);
        return new Person(made.path("account.name"), made.path("account.signInName"), made.path("password"));
    }
}
