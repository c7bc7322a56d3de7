package io.baigong.manufacturing.maintenance.process;

import io.baigong.manufacturing.maintenance.training.BesideModel;
import io.baigong.spi.Evidence;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Probabilities that a machining process fails for a product, and the threshold from which to call it a failure. */
public final class ProcessFailure {
    /** The role of the trees. */
    public static final String ROLE = "manufacturing.process-failure";

    static final BesideModel<Beside> BESIDE = new BesideModel<>("process.json", Beside.class);

    private final Models models;
    private final Beside beside;

    /**
     * What lies beside the trees.
     *
     * @param threshold of the best F1 on products that the trees had not seen
     */
    record Beside(double threshold) {
        void write(Path folder) throws IOException {
            BESIDE.write(folder, this);
        }
    }

    /** Of the model in {@link #ROLE}. */
    public ProcessFailure(Models models) {
        this.models = models;
        beside = BESIDE.read(models, ROLE);
    }

    /** The probability from which a failure is called. */
    public double threshold() {
        return beside.threshold();
    }

    /** What each feature adds to the log-odds of a failure, most first. */
    public List<Evidence.Attribution> why(Machining product, int most) {
        float[] row = product.features();
        Tensor added = models.contributions(ROLE, Tensor.ofRows(new float[][] {row}, row.length));
        return IntStream.range(0, row.length)
                .mapToObj(f -> new Evidence.Attribution(Machining.names().get(f), row[f], added.values()[f]))
                .sorted(Comparator.comparingDouble(part -> -Math.abs(part.contribution())))
                .limit(most)
                .toList();
    }

    /** Probabilities of a failure, one a product. */
    public double[] of(List<Machining> products) {
        float[][] rows = products.stream().map(Machining::features).toArray(float[][]::new);
        Tensor answers =
                models.predict(ROLE, Tensor.ofRows(rows, Machining.names().size()));
        double[] out = new double[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = answers.values()[i];
        }
        return out;
    }
}
