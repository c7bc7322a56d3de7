package io.baigong.manufacturing.defect.box;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture;
import io.baigong.manufacturing.defect.annotation.PascalVoc;
import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import io.baigong.measures.BoxMatches.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of NEU-DET (He et al. 2020, doi 10.1109/TIM.2019.2915404): {@code class/name.jpg} and {@code class/name.xml}.
 *
 * @param truths boxes in pixels; kinds are indices into {@link BoxNet#CLASSES}
 */
record NeuDet(String name, Picture picture, List<Truth> truths) {
    static List<NeuDet> read(Path data) throws IOException {
        DataFiles files = DataFiles.read(data);
        var pictures = new ArrayList<NeuDet>();
        for (String name : files.names()) {
            if (!name.endsWith(".xml")) {
                continue;
            }
            try {
                AnnotatedPicture annotated = PascalVoc.read(files.bytes(name));
                var truths = new ArrayList<Truth>();
                for (var box : annotated.boxes()) {
                    int kind = BoxNet.CLASSES.indexOf(box.label());
                    if (kind < 0) {
                        throw new IOException("\"%s\" is not one of %s".formatted(box.label(), BoxNet.CLASSES));
                    }
                    truths.add(new Truth(kind, box.box()));
                }
                pictures.add(new NeuDet(
                        name,
                        PictureReader.read(files.bytes(name.replace(".xml", ".jpg")))
                                .grey(),
                        truths));
            } catch (IOException e) {
                throw new IOException(name + ": " + e.getMessage(), e);
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException(data + " holds no picture of NEU-DET");
        }
        return pictures;
    }
}
