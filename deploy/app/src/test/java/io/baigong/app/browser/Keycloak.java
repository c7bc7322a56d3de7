package io.baigong.app.browser;

import static io.restassured.RestAssured.given;

import io.baigong.app.PackagedSuite;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Keycloak with the realm that the suite ships, as its operator manages it. */
final class Keycloak implements AutoCloseable {
    static final String SECRET = "a secret of tests alone, 0123456789abcdef";
    static final String PASSWORD = "one that only tests know";

    /** Where Maven unpacked it, in a folder of its name and version. */
    private static final Path UNPACKED = Path.of("target/keycloak");

    private static final Path REALM = Path.of("../keycloak/baigong-realm.json");
    private static final Duration START = Duration.ofMinutes(4);

    private final int port = PackagedSuite.freePort();
    private final Path log = Files.createTempFile("keycloak", ".log");
    private final Process process;

    /** Starts it, for a suite at that address. */
    Keycloak(String suite) throws IOException {
        Path folder = folder();
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        Files.copy(REALM, imports.resolve("baigong-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        var builder = new ProcessBuilder(
                        "sh",
                        folder.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1",
                        "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", SECRET,
                        "BAIGONG_ADDRESS", suite,
                        "BAIGONG_OIDC_SECRET", SECRET,
                        "BAIGONG_PROGRAM_SECRET", SECRET));
        process = builder.start();
    }

    private static Path folder() throws IOException {
        try (var folders = Files.list(UNPACKED)) {
            return folders.findFirst().orElseThrow().toAbsolutePath();
        }
    }

    /** Waits until it answers. */
    Keycloak ready() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("Keycloak did not start: " + Files.readString(log));
            }
            Thread.sleep(200);
        }
        return this;
    }

    private boolean isReady() {
        try {
            return given().get(issuer("baigong") + "/.well-known/openid-configuration")
                            .statusCode()
                    == 200;
        } catch (Exception e) {
            if (e instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    String issuer(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    /** What the token endpoint says. */
    Response token(String realm, Map<String, String> form) {
        return given().formParams(form).post(issuer(realm) + "/protocol/openid-connect/token");
    }

    /** An access token by client credentials. */
    String token(String realm, String client) {
        return token(realm, Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", SECRET))
                .path("access_token");
    }

    private RequestSpecification admin() {
        String token = token(
                        "master",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", SECRET))
                .path("access_token");
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .baseUri("http://127.0.0.1:" + port)
                .basePath("/admin/realms");
    }

    /** Makes something; its id. */
    String make(String path, Map<String, ?> what) {
        Response made = admin().body(what).post(path);
        made.then().statusCode(201);
        String location = made.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void change(String path, Map<String, ?> what) {
        admin().body(what).put(path).then().statusCode(204);
    }

    void delete(String path) {
        admin().delete(path).then().statusCode(204);
    }

    JsonPath read(String path) {
        return admin().get(path).then().statusCode(200).extract().jsonPath();
    }

    /** Makes somebody who signs in with {@link #PASSWORD}; the id. */
    String person(String name, List<String> groups, String... roles) {
        String id = make(
                "/baigong/users",
                Map.of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "email",
                        name + "@example.org",
                        "emailVerified",
                        true,
                        "firstName",
                        name,
                        "lastName",
                        "Test",
                        "groups",
                        groups,
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        give(id, roles);
        return id;
    }

    /** Gives somebody roles. */
    void give(String id, String... roles) {
        admin().body(roles(roles))
                .post("/baigong/users/" + id + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    /** Takes roles from somebody. */
    void take(String id, String... roles) {
        admin().body(roles(roles))
                .delete("/baigong/users/" + id + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    private List<Map<String, Object>> roles(String... names) {
        var roles = new ArrayList<Map<String, Object>>();
        for (String name : names) {
            roles.add(read("/baigong/roles/" + name).getMap("$"));
        }
        return roles;
    }

    /** Ends all sessions of somebody. */
    void signOut(String id) {
        admin().post("/baigong/users/" + id + "/logout").then().statusCode(204);
    }

    /** A client that is there as itself. */
    String program(String realm, String client, Map<String, ?> attributes, List<?> mappers) {
        return make(
                "/" + realm + "/clients",
                Map.of(
                        "clientId", client,
                        "secret", SECRET,
                        "publicClient", false,
                        "standardFlowEnabled", false,
                        "serviceAccountsEnabled", true,
                        "attributes", attributes,
                        "protocolMappers", mappers));
    }

    /** What puts an audience and groups into access tokens. */
    static List<?> mappers(String audience) {
        return mappers(audience, "false");
    }

    /** The same, and into ID tokens if {@code inIdToken} is "true". */
    static List<?> mappers(String audience, String inIdToken) {
        return List.of(
                Map.of(
                        "name", "audience",
                        "protocol", "openid-connect",
                        "protocolMapper", "oidc-audience-mapper",
                        "config",
                                Map.of(
                                        "included.client.audience", audience,
                                        "included.custom.audience", audience,
                                        "access.token.claim", "true",
                                        "id.token.claim", inIdToken)),
                Map.of(
                        "name", "groups",
                        "protocol", "openid-connect",
                        "protocolMapper", "oidc-group-membership-mapper",
                        "config",
                                Map.of(
                                        "claim.name", "groups",
                                        "full.path", "true",
                                        "access.token.claim", "true",
                                        "id.token.claim", inIdToken)));
    }

    /** Puts a program's account into a group, and gives it a role. */
    void serviceOf(String client, String group, String role) {
        String id = read("/baigong/clients/" + client + "/service-account-user").getString("id");
        String groupId = read("/baigong/group-by-path/" + group).getString("id");
        change("/baigong/users/" + id + "/groups/" + groupId, Map.of());
        give(id, role);
    }

    /** Signs with a new key from now on, and no more with those that there were. */
    void rotateKeys() {
        String realm = read("/baigong").getString("id");
        List<Map<String, Object>> before =
                read("/baigong/components?type=org.keycloak.keys.KeyProvider").getList("$");
        make(
                "/baigong/components",
                Map.of(
                        "name", "rotated",
                        "parentId", realm,
                        "providerId", "rsa-generated",
                        "providerType", "org.keycloak.keys.KeyProvider",
                        "config", Map.of("priority", List.of("500"), "algorithm", List.of("RS256"))));
        for (Map<String, Object> key : before) {
            if ("rsa-generated".equals(key.get("providerId"))) {
                delete("/baigong/components/" + key.get("id"));
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
