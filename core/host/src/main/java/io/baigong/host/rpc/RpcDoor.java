package io.baigong.host.rpc;

import io.baigong.host.access.Admits;
import io.baigong.host.access.Caller;
import io.baigong.host.rest.Problem;
import io.baigong.host.rest.Problems;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Prioritized;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door of all gRPC methods: lets in whom the method's {@link Admits} says, and nobody to a method without. Nothing that the caller
 * sends is read before.
 */
@ApplicationScoped
@GlobalInterceptor
public class RpcDoor implements ServerInterceptor, Prioritized {
    private static final System.Logger LOG = System.getLogger(RpcDoor.class.getName());

    /** Who came in; not there where a key is needed. */
    static final Context.Key<Entered> ENTERED = Context.key("baigong.entered");

    /** What the caller of a method that wants a key sent beside the message, its key in {@code authorization}. */
    public static final Context.Key<Metadata> HEADERS = Context.key("baigong.headers");

    private static final Metadata.Key<String> ENCODING =
            Metadata.Key.of("grpc-encoding", Metadata.ASCII_STRING_MARSHALLER);

    private final Door door;
    private final Instance<BindableService> services;
    private final ConcurrentHashMap<String, Optional<Admits>> known = new ConcurrentHashMap<>();

    RpcDoor(Door door, @Any Instance<BindableService> services) {
        this.door = door;
        this.services = services;
    }

    /**
     * Who came in, and by which request.
     *
     * @param roles of which they have one
     * @param subject what they came for, as the audit log says it
     * @param context the call's event loop
     */
    record Entered(
            Caller caller, RoutingContext http, List<String> roles, String subject, io.vertx.core.Context context) {}

    /** Innermost, so that the others have done what calls of the services need. */
    @Override
    public int getPriority() {
        return 0;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Optional<Admits> admits = known.computeIfAbsent(method, _ -> admits(method));
        String encoding = headers.get(ENCODING);
        if (encoding != null && !encoding.equals("identity")) {
            // What is packed has no bound before it is unpacked.
            call.close(Status.UNIMPLEMENTED.withDescription("messages are not read compressed"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (admits.isEmpty()) {
            call.close(Status.PERMISSION_DENIED.withDescription("nobody may call this"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        if (admits.get().key() || admits.get().anyone()) {
            return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
        }
        io.vertx.core.Context context = Objects.requireNonNull(Vertx.currentContext());
        RoutingContext http = context.getLocal(RoutingContext.class.getName());
        List<String> roles = List.of(admits.get().value());
        String subject = "gRPC " + method;
        var waiting = new Waiting<Q>();
        door.enter(http, roles, subject)
                .subscribe()
                .with(
                        caller -> context.runOnContext(_ -> {
                            var entered = new Entered(caller, http, roles, subject, context);
                            waiting.goOn(Contexts.interceptCall(
                                    Context.current().withValue(ENTERED, entered), call, headers, next));
                        }),
                        failure -> context.runOnContext(_ -> {
                            if (waiting.isOver()) {
                                return;
                            }
                            Problem problem = Problems.of(failure);
                            try {
                                call.close(RpcProblems.status(problem), RpcProblems.trailers(problem));
                            } catch (
                                    IllegalStateException
                                            e) { // closed by its own side already; there is nobody to tell
                                LOG.log(System.Logger.Level.DEBUG, "a call that was refused had ended", e);
                            }
                        }));
        return waiting;
    }

    private Optional<Admits> admits(String method) {
        String service = method.substring(0, method.lastIndexOf('/'));
        String name = method.substring(method.lastIndexOf('/') + 1);
        return services.stream()
                .filter(one ->
                        one.bindService().getServiceDescriptor().getName().equals(service))
                .flatMap(one -> Stream.<Class<?>>iterate(one.getClass(), c -> c != null, Class::getSuperclass))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(one -> one.getName().equalsIgnoreCase(name))
                .map((Method one) -> one.getAnnotation(Admits.class))
                .filter(one -> one != null)
                .findFirst();
    }

    /** Keeps what happens to a call until its caller is let in. On the call's event loop alone. */
    private static final class Waiting<Q> extends ServerCall.Listener<Q> {
        private final ArrayDeque<Consumer<ServerCall.Listener<Q>>> events = new ArrayDeque<>();
        private ServerCall.@Nullable Listener<Q> delegate;
        private boolean over;

        void goOn(ServerCall.Listener<Q> to) {
            delegate = to;
            events.forEach(event -> event.accept(to));
            events.clear();
        }

        boolean isOver() {
            return over;
        }

        private void happens(Consumer<ServerCall.Listener<Q>> event) {
            if (delegate != null) {
                event.accept(delegate);
            } else {
                events.add(event);
            }
        }

        @Override
        public void onMessage(Q message) {
            happens(to -> to.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            happens(ServerCall.Listener::onHalfClose);
        }

        @Override
        public void onCancel() {
            over = true;
            happens(ServerCall.Listener::onCancel);
        }

        @Override
        public void onComplete() {
            over = true;
            happens(ServerCall.Listener::onComplete);
        }

        @Override
        public void onReady() {
            happens(ServerCall.Listener::onReady);
        }
    }
}
