package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.app.People.Person;
import io.baigong.host.access.Admits;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.arc.Arc;
import io.quarkus.security.Authenticated;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.WebSocket;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of rights in the guide is what the suite does: each way in stands there, and lets in whom it says. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RightsTest {
    private static final java.nio.file.Path GUIDE = java.nio.file.Path.of("../../docs/guides/identity.md");
    private static final String ANYONE = "anyone";
    private static final String SIGNED_IN = "who is signed in";
    private static final String KEY = "a gateway key";

    @TestHTTPResource("/")
    URI address;

    @Inject
    Router router;

    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    /** A row of the table. */
    private record Right(String method, String path, String who) {
        String way() {
            return method + " " + path;
        }

        Set<String> roles() {
            return Arrays.stream(who.split(", ")).filter(Roles.ALL::contains).collect(Collectors.toSet());
        }

        /** Whether a method of REST answers, rather than a route alone. */
        boolean isOfMethod() {
            return path.startsWith("/api/")
                    || path.equals("/v1/models")
                    || path.startsWith("/v1/fi")
                    || (path.startsWith("/v2") && !path.contains(":"));
        }

        String row() {
            return "| " + method + " | " + path + " | " + who + " |";
        }
    }

    private static List<Right> table() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .filter(line -> line.matches("\\| (GET|POST|PUT|PATCH|DELETE|any) \\| /.*"))
                .map(line -> line.split("\\|"))
                .map(cell -> new Right(cell[1].strip(), cell[2].strip(), cell[3].strip()))
                .toList();
    }

    private static List<Right> methods() {
        var rights = new ArrayList<Right>();
        for (var bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> resource = bean.getBeanClass();
            Path base = resource.getAnnotation(Path.class);
            if (base == null) {
                continue;
            }
            for (Method method : resource.getMethods()) {
                for (var annotation : method.getAnnotations()) {
                    var verb = annotation.annotationType().getAnnotation(jakarta.ws.rs.HttpMethod.class);
                    if (verb != null) {
                        Path own = method.getAnnotation(Path.class);
                        rights.add(new Right(
                                verb.value(), base.value() + (own == null ? "" : "/" + own.value()), who(method)));
                    }
                }
            }
        }
        return rights;
    }

    private static String who(Method method) {
        if (method.isAnnotationPresent(Admits.class)) { // its key is looked at by the method itself
            return admitted(method);
        }
        return who((AnnotatedElement) method)
                .findFirst()
                .orElseGet(() -> who(method.getDeclaringClass()).findFirst().orElse("nobody"));
    }

    private static Stream<String> who(AnnotatedElement element) {
        RolesAllowed roles = element.getAnnotation(RolesAllowed.class);
        if (roles != null) {
            return Stream.of(String.join(", ", new TreeSet<>(List.of(roles.value()))));
        }
        return element.isAnnotationPresent(PermitAll.class)
                ? Stream.of(ANYONE)
                : element.isAnnotationPresent(Authenticated.class) ? Stream.of(SIGNED_IN) : Stream.empty();
    }

    @Test
    void eachMethodStandsInTheTableAndTheTableNamesNoOther() throws IOException {
        var written = new TreeMap<String, String>();
        table().stream().filter(Right::isOfMethod).forEach(right -> written.put(right.way(), right.row()));
        var real = new TreeMap<String, String>();
        methods()
                .forEach(right -> real.put(
                        right.way(),
                        // Its key is looked at by the method itself.
                        (right.path.equals("/v1/models") ? new Right(right.method, right.path, KEY) : right).row()));
        assertThat(String.join("\n", written.values())).isEqualTo(String.join("\n", real.values()));
    }

    @Test
    void eachRouteStandsInTheTableAndTheTableNamesNoOther() throws IOException {
        var real = new TreeSet<String>();
        for (Route route : router.getRoutes()) {
            if (route.getPath() != null && !route.getPath().equals("/")) {
                Set<HttpMethod> methods = route.methods();
                String path = route.getPath() + (route.getPath().endsWith("/") ? "*" : "");
                if (methods == null || methods.isEmpty()) {
                    real.add("any " + path);
                } else {
                    methods.forEach(method -> real.add(method + " " + path));
                }
            }
        }
        sockets()
                .forEach(socket -> assertThat(real.remove("any " + socket.path.replaceAll("\\{([^}]*)}", ":$1")))
                        .as(socket.row())
                        .isTrue());
        assertThat(real)
                .containsExactlyInAnyOrderElementsOf(table().stream()
                        .filter(right -> !right.isOfMethod())
                        .map(Right::way)
                        .toList());
    }

    @Test
    void eachSocketAndEachMethodOfGrpcStandsInTheTableAndTheTableNamesNoOther() throws IOException {
        var written = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.matches("\\| (WebSocket|gRPC) \\| .*"))
                .toList();
        assertThat(Stream.concat(sockets().stream(), procedures().stream())
                        .filter(right -> !right.who.equals("nobody"))
                        .map(Right::row))
                .containsExactlyInAnyOrderElementsOf(written);
    }

    private static List<Right> sockets() {
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(WebSocket.class))
                .map(type -> new Right(
                        "WebSocket", type.getAnnotation(WebSocket.class).path(), admitted(type)))
                .toList();
    }

    private static List<Right> procedures() {
        var rights = new ArrayList<Right>();
        for (var service : Arc.container().select(BindableService.class, Any.Literal.INSTANCE)) {
            for (var method : service.bindService().getMethods()) {
                String name = method.getMethodDescriptor().getBareMethodName();
                String who = Stream.<Class<?>>iterate(service.getClass(), Objects::nonNull, Class::getSuperclass)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(one -> one.getName().equalsIgnoreCase(name) && one.isAnnotationPresent(Admits.class))
                        .map(RightsTest::admitted)
                        .findFirst()
                        .orElse("nobody");
                rights.add(new Right("gRPC", method.getMethodDescriptor().getFullMethodName(), who));
            }
        }
        return rights;
    }

    private static String admitted(AnnotatedElement element) {
        Admits admits = element.getAnnotation(Admits.class);
        return admits == null
                ? "nobody"
                : admits.key()
                        ? KEY
                        : admits.anyone() ? ANYONE : String.join(", ", new TreeSet<>(List.of(admits.value())));
    }

    @Test
    void eachRoleCallsAndStreamsWhereTheTableSaysSo() throws Exception {
        ManagedChannel channel = Channels.to(address);
        try {
            for (String role : Roles.ALL) {
                Person person = People.made(People.first(), role);
                for (Right right : procedures()) {
                    if (!right.who.equals(KEY) && !right.who.equals(ANYONE)) {
                        assertThat(isRefused(channel, right, person))
                                .as(role + ": " + right.row())
                                .isEqualTo(!right.roles().contains(role));
                    }
                }
                for (Right right : sockets()) {
                    int status = person.asks()
                            .header("Connection", "Upgrade")
                            .header("Upgrade", "websocket")
                            .header("Sec-WebSocket-Version", "13")
                            .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
                            .get(right.path.replaceAll("\\{[^}]*}", "x"))
                            .statusCode();
                    assertThat(status)
                            .as(role + ": " + right.row())
                            .isEqualTo(right.roles().contains(role) ? 404 : 403);
                }
            }
        } finally {
            channel.shutdownNow();
        }
    }

    /** Whether somebody is refused a method by its door. An empty message will do. */
    private static boolean isRefused(ManagedChannel channel, Right right, Person person) {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] message) {
                return new ByteArrayInputStream(message);
            }

            @Override
            public byte[] parse(InputStream message) {
                return new byte[0];
            }
        };
        var method = MethodDescriptor.newBuilder(bytes, bytes)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(right.path)
                .build();
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((person.signInName() + ":" + person.password())
                                        .getBytes(StandardCharsets.UTF_8)));
        try {
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    method,
                    CallOptions.DEFAULT,
                    new byte[0]);
            return false;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.PERMISSION_DENIED;
        }
    }

    @Test
    void whoIsNobodyIsLetInWhereTheTableSaysSo() throws IOException {
        for (Right right : table()) {
            int status = call(given(), right);
            if (right.who.equals(ANYONE)) {
                assertThat(status).as(right.row()).isNotIn(401, 403);
            } else {
                assertThat(status).as(right.row()).isEqualTo(401);
            }
        }
    }

    @Test
    void eachRoleIsLetInWhereTheTableSaysSo() throws IOException {
        // A stream of events has no end that could be waited for; whom it lets in is told by ChangesTest.
        List<Right> rights = table().stream()
                .filter(right -> right.path.startsWith("/api/") && !right.path.equals("/api/v1/events"))
                .toList();
        for (String role : Roles.ALL) {
            Person person = People.made(People.first(), role);
            for (Right right : rights) {
                boolean may = right.who.equals(ANYONE)
                        || right.who.equals(SIGNED_IN)
                        || right.roles().contains(role);
                if (may) {
                    assertThat(call(person.asks(), right))
                            .as(role + ": " + right.row())
                            .isNotIn(401, 403);
                } else {
                    assertThat(call(person.asks(), right))
                            .as(role + ": " + right.row())
                            .isEqualTo(403);
                }
            }
        }
        Person nothing = People.made(People.first());
        for (Right right : rights) {
            if (!right.roles().isEmpty()) {
                assertThat(call(nothing.asks(), right)).as(right.row()).isEqualTo(403);
            }
        }
    }

    @Test
    void auditorsReadEverythingAndChangeNothing() throws IOException {
        for (Right right : table()) {
            if (right.roles().contains(Roles.AUDITOR)
                    && !right.path.matches("/api/2.0/.*/(search|get-latest-versions)")) {
                assertThat(right.method).as(right.row()).isEqualTo("GET");
            } else if (right.method.equals("GET") && !right.roles().isEmpty()) {
                assertThat(right.roles()).as(right.row()).contains(Roles.AUDITOR);
            }
        }
    }

    private static int call(RequestSpecification caller, Right right) {
        String path = right.path.replaceAll("\\{[^}]*}", "x").replace("*", "x");
        RequestSpecification call = caller.redirects().follow(false);
        String type = mediaType(right);
        if (type.equals(MediaType.MULTIPART_FORM_DATA)) {
            call.multiPart("nothing", "x");
        } else if (!right.method.equals("GET") && !right.method.equals("any")) {
            call.contentType(type).body("{}");
        }
        return call.request(right.method.equals("any") ? "GET" : right.method, path)
                .statusCode();
    }

    /** What a method takes. */
    private static String mediaType(Right right) {
        for (var bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> resource = bean.getBeanClass();
            Path base = resource.getAnnotation(Path.class);
            for (Method method : base == null ? new Method[0] : resource.getMethods()) {
                Path own = method.getAnnotation(Path.class);
                Consumes consumes = method.getAnnotation(Consumes.class);
                if (consumes != null && right.path.equals(base.value() + (own == null ? "" : "/" + own.value()))) {
                    return consumes.value()[0];
                }
            }
        }
        return MediaType.APPLICATION_JSON;
    }
}
