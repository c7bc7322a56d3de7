package io.baigong.registry;

import java.util.List;

/**
 * The models that share the runs of a role.
 *
 * @param parts the largest first; their percents are 100 together
 */
public record ModelShares(List<Part> parts) {
    public ModelShares {
        parts = List.copyOf(parts);
        int sum = parts.stream().mapToInt(Part::percent).sum();
        if (sum != 100) {
            throw new IllegalArgumentException("the shares of a role are 100 per cent together, not " + sum);
        }
    }

    /** A model and its share of the runs, in [1, 100]. */
    public record Part(ModelLocation location, int percent) {}

    /** One model that gets all runs. */
    public static ModelShares of(ModelLocation location) {
        return new ModelShares(List.of(new Part(location, 100)));
    }

    /** The model with the largest share. */
    ModelLocation main() {
        return parts.getFirst().location();
    }

    /** @param draw in [0, 100) */
    ModelLocation at(int draw) {
        int upTo = 0;
        for (Part part : parts) {
            upTo += part.percent();
            if (draw < upTo) {
                return part.location();
            }
        }
        return main();
    }
}
