package io.baigong.manufacturing.defect.box;

import io.baigong.manufacturing.defect.annotation.AnnotatedSet;
import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.measures.BoxMatches.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of NEU-DET (He et al. 2020, doi 10.1109/TIM.2019.2915404): {@code class/name.jpg} and {@code class/name.xml}, or annotated as {@link AnnotatedSet} says.
 *
 * @param truths boxes in pixels; kinds are indices into {@link BoxNet#CLASSES}
 */
record NeuDet(String name, Picture picture, List<Truth> truths) {
    static List<NeuDet> read(Path data) throws IOException {
        var pictures = new ArrayList<NeuDet>();
        for (AnnotatedSet.Sample sample : AnnotatedSet.read(DataFiles.read(data))) {
            var truths = new ArrayList<Truth>();
            for (var box : sample.annotation().boxes()) {
                int kind = BoxNet.CLASSES.indexOf(box.label());
                if (kind < 0) {
                    throw new IOException(
                            "%s: \"%s\" is not one of %s".formatted(sample.name(), box.label(), BoxNet.CLASSES));
                }
                truths.add(new Truth(kind, box.box()));
            }
            pictures.add(new NeuDet(sample.name(), sample.picture().grey(), truths));
        }
        if (pictures.isEmpty()) {
            throw new IOException(data + " holds no picture of NEU-DET");
        }
        return pictures;
    }
}
