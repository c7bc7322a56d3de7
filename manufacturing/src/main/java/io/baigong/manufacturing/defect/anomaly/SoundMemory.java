package io.baigong.manufacturing.defect.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.Tiles;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds what is unlike all that is remembered of sound parts. */
public final class SoundMemory {
    /** The role of the memory: rows of patches to distances. */
    public static final String ROLE = "manufacturing.sound-memory";

    /** Beside the model: how unusual sound pictures are. */
    static final String FILE = "line.json";

    /** From which score on a part fails. */
    public static final double THRESHOLD = 0.5;

    private static final int PART = 1024;
    private static final int MOST_PARTS = 64;

    private SoundMemory() {}

    /** Whether there is a memory to ask. */
    public static boolean known(Models models) {
        return models.beside(ROLE, FILE).isPresent();
    }

    /** How unusual each cell is. */
    public static AnomalyMap map(Models models, Picture picture) {
        PatchRows patches = PatchRows.of(models, picture);
        float[] distances = models.predict(ROLE, patches.tensor()).values();
        return new AnomalyMap(patches.rows(), patches.columns(), PatchRows.CELL, distances);
    }

    /** Pictures and parts of them that are unlike sound ones, the surest first. */
    public static List<Located> inspect(Models models, Picture picture) {
        SoundScore score = score(models);
        var found = new ArrayList<Located>();
        for (Tiles.Tile tile : Tiles.of(picture.width(), picture.height(), PART, MOST_PARTS)) {
            AnomalyMap map = map(models, picture.part(tile.x(), tile.y(), tile.width(), tile.height()));
            found.add(map.whole(score, tile.x(), tile.y(), tile.width(), tile.height()));
            found.addAll(map.parts(score, tile.x(), tile.y(), tile.width(), tile.height()));
        }
        found.sort(Comparator.comparingDouble(Located::score).reversed());
        return found;
    }

    private static SoundScore score(Models models) {
        byte[] file = models.beside(ROLE, FILE)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.UNAVAILABLE,
                        "nothing is remembered of sound parts; train the benchmark sound-parts on pictures of them"));
        try {
            JsonNode line = new ObjectMapper().readTree(file);
            double mean = line.path("mean").asDouble(Double.NaN);
            double deviation = line.path("deviation").asDouble(Double.NaN);
            if (Double.isFinite(mean) && deviation >= 0) {
                return new SoundScore(mean, deviation);
            }
        } catch (IOException e) {
            throw new ModelException(ErrorCode.Model.UNAVAILABLE, FILE + " can't be read: " + e.getMessage(), e);
        }
        throw new ModelException(ErrorCode.Model.UNAVAILABLE, FILE + " names no mean and deviation of sound parts");
    }
}
