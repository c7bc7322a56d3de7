package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.baigong.spi.NetSpec.Objective;
import io.baigong.spi.TensorExamples.Example;
import java.util.Arrays;
import java.util.List;

/**
 * How far a net's answers to a batch are from what they should be.
 *
 * <p>A number that an array is multiplied or divided by is an array of the scope here. Given as a plain number, DJL lays it into Java
 * memory that may be collected, and used for something else, before PyTorch reads it again going backward.
 */
final class NetLoss {
    /** Of focal loss: weight of a yes, and the exponent (arXiv 1708.02002, section 4). */
    private static final float ALPHA = 0.25f;

    private NetLoss() {}

    /** One number; less is better. */
    static NDArray of(Objective objective, NDArray answered, List<Example> batch, NDManager scope) {
        float[] targets = targets(answered.getShape(), batch);
        return switch (objective) {
            case Objective.Classes() ->
                answered.logSoftmax(1)
                        .mul(scope.create(targets, answered.getShape()))
                        .sum()
                        .neg()
                        .div(scope.create((float) batch.size()));
            case Objective.Marks(double positiveWeight) -> marks(answered, targets, (float) positiveWeight, scope);
            case Objective.Boxes(int classes) -> boxes(answered, targets, classes, scope);
        };
    }

    private static float[] targets(Shape shape, List<Example> batch) {
        int each = (int) (shape.size() / batch.size());
        float[] targets = new float[(int) shape.size()];
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).target().length != each) {
                throw new IllegalArgumentException("a target has %d numbers, the net answers %s with the examples first"
                        .formatted(batch.get(i).target().length, shape));
            }
            System.arraycopy(batch.get(i).target(), 0, targets, i * each, each);
        }
        return targets;
    }

    /** Binary cross-entropy of each logit, in a form that does not overflow. */
    private static NDArray crossEntropy(NDArray logits, NDArray wanted) {
        return Activation.relu(logits)
                .sub(logits.mul(wanted))
                .add(logits.abs().neg().exp().add(1).log());
    }

    private static NDArray marks(NDArray logits, float[] targets, float positiveWeight, NDManager scope) {
        float[] wanted = new float[targets.length];
        float[] weight = new float[targets.length];
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            if (!Float.isNaN(targets[i])) {
                wanted[i] = targets[i];
                weight[i] = 1 + (positiveWeight - 1) * targets[i];
                sum += weight[i];
            }
        }
        return crossEntropy(logits, scope.create(wanted, logits.getShape()))
                .mul(scope.create(weight, logits.getShape()))
                .sum()
                .div(scope.create((float) Math.max(sum, 1)));
    }

    private static NDArray boxes(NDArray answered, float[] targets, int classes, NDManager scope) {
        long examples = answered.getShape().get(0);
        int cells = (int) (answered.getShape().get(2) * answered.getShape().get(3));
        Shape heat = new Shape(examples, classes, cells);
        Shape sides = new Shape(examples, 4, cells);
        float[] wanted = new float[(int) heat.size()];
        float[] known = new float[(int) heat.size()];
        float[] edges = new float[(int) sides.size()];
        float[] inside = new float[(int) examples * cells];
        Arrays.fill(edges, 1);
        int positives = 0;
        for (int example = 0; example < examples; example++) {
            for (int cell = 0; cell < cells; cell++) {
                int base = example * (classes + 4) * cells + cell;
                for (int channel = 0; channel < classes; channel++) {
                    float target = targets[base + channel * cells];
                    int at = (example * classes + channel) * cells + cell;
                    wanted[at] = Float.isNaN(target) ? 0 : target;
                    known[at] = Float.isNaN(target) ? 0 : 1;
                }
                if (!Float.isNaN(targets[base + classes * cells])) {
                    inside[example * cells + cell] = 1;
                    positives++;
                    for (int side = 0; side < 4; side++) {
                        edges[(example * 4 + side) * cells + cell] =
                                Math.max(1e-3f, targets[base + (classes + side) * cells]);
                    }
                }
            }
        }
        NDArray flat = answered.reshape(examples, classes + 4, cells);
        NDArray heatLoss = focal(flat.get(":, :" + classes), scope.create(wanted, heat))
                .mul(scope.create(known, heat))
                .sum();
        NDArray edgeLoss = generalisedIou(
                        flat.get(":, " + classes + ":").clip(-8, 8).exp(), scope.create(edges, sides))
                .neg()
                .add(1)
                .mul(scope.create(inside, new Shape(examples, cells)))
                .sum();
        return heatLoss.add(edgeLoss).div(scope.create((float) Math.max(positives, 1)));
    }

    private static NDArray focal(NDArray logits, NDArray wanted) {
        NDArray p = Activation.sigmoid(logits);
        NDArray miss = p.add(wanted).sub(p.mul(wanted.mul(2))); // p where 0 is wanted, 1 - p where 1 is
        NDArray weight = wanted.mul(2 * ALPHA - 1).add(1 - ALPHA);
        return crossEntropy(logits, wanted).mul(miss.mul(miss)).mul(weight);
    }

    /** Of two boxes around the same point, given as distances {@code [examples, 4, cells]}: left, upper, right, lower. */
    private static NDArray generalisedIou(NDArray a, NDArray b) {
        NDArray both = NDArrays.minimum(a, b);
        NDArray either = NDArrays.maximum(a, b);
        NDArray shared = area(both);
        NDArray union = area(a).add(area(b)).sub(shared);
        NDArray around = area(either);
        return shared.div(union).sub(around.sub(union).div(around));
    }

    private static NDArray area(NDArray sides) {
        return sides.get(":, 0").add(sides.get(":, 2")).mul(sides.get(":, 1").add(sides.get(":, 3")));
    }
}
