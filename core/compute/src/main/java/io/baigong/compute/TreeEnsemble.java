package io.baigong.compute;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees in XGBoost (Chen and Guestrin 2016, arXiv 1603.02754).
 *
 * <p>Thread-safe. Owns native memory: close it.
 */
public final class TreeEnsemble implements Predictor {
    private final TreeArtifact artifact;
    private final String sha256;
    private final Booster booster;

    /** Held for reading while trees are asked, for writing while they are closed. */
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

    private boolean closed;

    private TreeEnsemble(TreeArtifact artifact, String sha256, Booster booster) {
        this.artifact = artifact;
        this.sha256 = sha256;
        this.booster = booster;
    }

    /** Opens an artifact. Throws {@link IOException} that says what is missing or does not fit. */
    public static TreeEnsemble open(ModelFiles files) throws IOException {
        TreeArtifact artifact = TreeArtifact.read(files);
        byte[] trees;
        try (InputStream in = files.open(TreeArtifact.TREES)) {
            trees = in.readAllBytes();
        }
        if (!ModelFiles.sha256(() -> new ByteArrayInputStream(trees)).equals(artifact.treesSha256())) {
            throw new IOException("the trees of %s %s are not those that its description names by their SHA-256"
                    .formatted(artifact.name(), artifact.version()));
        }
        Booster booster;
        try {
            booster = XGBoost.loadModel(trees);
            long features = booster.getNumFeature();
            if (features != artifact.features().size()) {
                booster.dispose();
                throw new IOException("the trees of %s %s know %d features, its description names %d"
                        .formatted(
                                artifact.name(),
                                artifact.version(),
                                features,
                                artifact.features().size()));
            }
        } catch (XGBoostError e) {
            throw new IOException(
                    "the trees of %s %s are damaged: %s".formatted(artifact.name(), artifact.version(), firstLine(e)),
                    e);
        }
        return new TreeEnsemble(artifact, files.sha256(TreeArtifact.TREES), booster);
    }

    /** XGBoost appends the stack of its own calls. */
    private static String firstLine(XGBoostError error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public String name() {
        return artifact.name();
    }

    @Override
    public String version() {
        return artifact.version();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long parameters() {
        return artifact.parameters();
    }

    /**
     * Answers rows.
     *
     * @param input {@code [rows, features]}, NaN where a value is missing
     * @return {@code [rows, outputs]}; quantiles never cross, being sorted (Chernozhukov et al. 2010, doi 10.3982/ECTA7880)
     */
    @Override
    public Tensor predict(Tensor input) {
        int rows = rows(input);
        int outputs = artifact.outputs();
        float[] values = new float[rows * outputs];
        if (rows > 0) {
            float[][] answers = asking(() -> booster.inplace_predict(
                    input.values(), rows, artifact.features().size(), Float.NaN));
            for (int row = 0; row < rows; row++) {
                System.arraycopy(answers[row], 0, values, row * outputs, outputs);
                if (artifact.ordered()) {
                    Arrays.sort(values, row * outputs, (row + 1) * outputs);
                }
            }
        }
        return new Tensor(new long[] {rows, outputs}, values);
    }

    /**
     * What each feature adds to each answer: exact TreeSHAP (Lundberg et al. 2020, doi 10.1038/s42256-019-0138-9).
     *
     * @param input {@code [rows, features]}
     * @return {@code [rows, outputs, features + 1]} in raw scores; the last is the score before any feature is known
     */
    public Tensor contributions(Tensor input) {
        int rows = rows(input);
        int width = artifact.features().size() + 1;
        int outputs = artifact.outputs();
        float[] values = new float[rows * outputs * width];
        if (rows > 0) {
            float[][] answers = asking(() -> {
                var matrix = new DMatrix(input.values(), rows, width - 1, Float.NaN);
                try {
                    return booster.predictContrib(matrix, 0);
                } finally {
                    matrix.dispose();
                }
            });
            for (int row = 0; row < rows; row++) {
                System.arraycopy(answers[row], 0, values, row * outputs * width, outputs * width);
            }
        }
        return new Tensor(new long[] {rows, outputs, width}, values);
    }

    private int rows(Tensor input) {
        int features = artifact.features().size();
        if (input.shape().length != 2 || input.shape()[1] != features) {
            throw new IllegalArgumentException("%s %s wants shape [rows, %d], got %s"
                    .formatted(artifact.name(), artifact.version(), features, Arrays.toString(input.shape())));
        }
        return Math.toIntExact(input.shape()[0]);
    }

    private float[][] asking(Question question) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model " + artifact.name() + " has been closed");
            }
            return question.ask();
        } catch (XGBoostError e) {
            throw new IllegalStateException(
                    "%s %s failed: %s".formatted(artifact.name(), artifact.version(), firstLine(e)), e);
        } finally {
            open.readLock().unlock();
        }
    }

    /** A call into native code. */
    @FunctionalInterface
    private interface Question {
        float[][] ask() throws XGBoostError;
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            closed = true;
            booster.dispose();
        } finally {
            open.writeLock().unlock();
        }
    }
}
