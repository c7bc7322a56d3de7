package io.baigong.host.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.rest.Problem;
import io.baigong.host.run.PlatformJson;
import io.grpc.Metadata;
import io.grpc.Status;

/** Problems as gRPC has them: a status, and the problem itself in the trailers. */
final class RpcProblems {
    /** The problem as JSON in UTF-8. */
    static final Metadata.Key<byte[]> PROBLEM = Metadata.Key.of("problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private RpcProblems() {}

    static Status status(Problem problem) {
        return RpcStatus.of(problem.status(), problem.detail());
    }

    /** With the problem; without its detail and remedy where it would be too long. */
    static Metadata trailers(Problem problem) {
        byte[] json = json(problem);
        if (json.length > RpcStatus.MOST_BODY_BYTES) {
            json = json(new Problem(
                    problem.type(), problem.title(), problem.status(), problem.title(), null, problem.run()));
        }
        var trailers = new Metadata();
        trailers.put(PROBLEM, json);
        return trailers;
    }

    private static byte[] json(Problem problem) {
        try {
            return PlatformJson.mapper().writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can be written", e);
        }
    }

    static io.baigong.host.rpc.v1.Problem message(Problem problem) {
        var message = io.baigong.host.rpc.v1.Problem.newBuilder()
                .setType(problem.type())
                .setTitle(problem.title())
                .setStatus(problem.status())
                .setDetail(problem.detail());
        if (problem.remedy() != null) {
            message.setRemedy(problem.remedy());
        }
        if (problem.run() != null) {
            message.setRun(problem.run().toString());
        }
        return message.build();
    }
}
