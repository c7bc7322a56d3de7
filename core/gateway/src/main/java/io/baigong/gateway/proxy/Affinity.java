package io.baigong.gateway.proxy;

import io.baigong.gateway.proxy.Routes.Target;
import io.baigong.gateway.proxy.TargetOrder.Ranked;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Sends the turns of one conversation to one server, which still holds what it computed for the turns before (a KV cache by
 * prefix). Nothing is remembered: the server follows from the conversation's beginning by weighted rendezvous hashing (Thaler
 * and Ravishankar 1998; Mosko and others, draft-mosko-icnrg-weightedrendezvoushash), so that all instances agree, and only the
 * conversations of a server that comes or goes move.
 */
final class Affinity {
    /** So many more calls than the least busy server's share a server may have and still be preferred. */
    private static final double SLACK = 4;

    private Affinity() {}

    /** The target for a call; null if the load alone shall decide. */
    static @Nullable Target of(ModelCall call, List<Ranked> ranked) {
        ModelCall.Place beginning = call.beginning();
        if (beginning == null) {
            return null;
        }
        Ranked least = ranked.getFirst();
        Target best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (Ranked each : ranked) {
            double allowed = least.load() + SLACK / Math.max(1e-9, each.target().weight());
            if (each.failing() || each.load() > allowed) {
                continue;
            }
            double score = each.target().weight() / -Math.log(unit(call.body(), beginning, each.target()));
            if (score > highest) {
                highest = score;
                best = each.target();
            }
        }
        return best;
    }

    /** A number in [0, 1), uniform over conversations and targets. */
    private static double unit(byte[] body, ModelCall.Place beginning, Target target) {
        var sum = new CRC32C();
        sum.update(body, beginning.from(), beginning.to() - beginning.from());
        String place = target.backend().name() + '\n' + target.model();
        return new SplittableRandom(sum.getValue() ^ ((long) place.hashCode() << 32)).nextDouble();
    }
}
