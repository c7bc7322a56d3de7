package io.baigong.manufacturing.defect.board;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.spi.Models;
import java.util.List;
import java.util.Locale;

/** Inspects bare boards. */
public final class BoardInspector {
    /** The role of the trees. */
    public static final String ROLE = BoardComparison.ROLE;

    private BoardInspector() {}

    /** From which score on a difference fails the board. */
    public static double threshold(Models models) {
        return BoardRule.threshold(models);
    }

    /** All that differs, noise with a low score; both pictures have the same size, copper dark or bright. */
    public static List<Located> inspect(Models models, Picture template, Picture test, boolean bright)
            throws UnreadablePicture {
        return BoardComparison.of(template, test, bright).findings(models).stream()
                .map(each -> new Located(
                        each.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        each.kind().title(),
                        (int) each.tight().left(),
                        (int) each.tight().top(),
                        (int) (each.tight().right() - each.tight().left()),
                        (int) (each.tight().bottom() - each.tight().top()),
                        Math.clamp(each.score(), 0, 1)))
                .toList();
    }
}
