package io.baigong.manufacturing.defect.strip;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.Tiles;
import io.baigong.spi.LocalText;
import io.baigong.spi.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Inspects steel strip: the class of each tile of a picture. */
public final class StripInspector {
    /** The role of the net. */
    public static final String ROLE = StripClassifier.ROLE;

    /** From which score on a defect fails the strip. */
    public static final double THRESHOLD = 0.5;

    /** A tile is at most this long; a longer picture is cut into tiles of equal size. */
    private static final int TILE = 512;

    private static final int MOST_TILES = 256;

    private static final Map<String, LocalText> TITLES = Map.ofEntries(
            Map.entry("finishing_roll_printing", new LocalText("finishing roll printing", "精轧辊印")),
            Map.entry("iron_sheet_ash", new LocalText("iron sheet ash", "铁皮灰")),
            Map.entry("oxide_scale_of_plate_system", new LocalText("oxide scale of plate system", "板系氧化铁皮")),
            Map.entry(
                    "oxide_scale_of_temperature_system", new LocalText("oxide scale of temperature system", "温系氧化铁皮")),
            Map.entry("red_iron", new LocalText("red iron sheet", "红铁皮")),
            Map.entry("slag_inclusion", new LocalText("slag inclusion", "夹渣")),
            Map.entry("surface_scratch", new LocalText("surface scratch", "表面划伤")),
            Map.entry("crazing", new LocalText("crazing", "龟裂")),
            Map.entry("inclusion", new LocalText("inclusion", "夹杂")),
            Map.entry("patches", new LocalText("patches", "斑块")),
            Map.entry("pitted_surface", new LocalText("pitted surface", "麻点")),
            Map.entry("rolled-in_scale", new LocalText("rolled-in scale", "压入氧化铁皮")),
            Map.entry("scratches", new LocalText("scratches", "划痕")));

    private StripInspector() {}

    /** The likeliest defect of each tile, the surest first. */
    public static List<Located> inspect(Models models, Picture picture) {
        StripClasses line = StripClasses.of(models);
        var found = new ArrayList<Located>();
        for (Tiles.Tile tile : Tiles.of(picture.width(), picture.height(), TILE, MOST_TILES)) {
            var judgement = StripClassifier.classify(
                    models, line, picture.part(tile.x(), tile.y(), tile.width(), tile.height()));
            String kind = judgement.defect();
            found.add(new Located(
                    kind,
                    TITLES.getOrDefault(kind, new LocalText(kind.replace('_', ' '), kind)),
                    tile.x(),
                    tile.y(),
                    tile.width(),
                    tile.height(),
                    Math.clamp(judgement.score(), 0, 1)));
        }
        found.sort(Comparator.comparingDouble(Located::score).reversed());
        return found;
    }
}
