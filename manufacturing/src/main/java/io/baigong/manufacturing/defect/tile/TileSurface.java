package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of the magnetic tile set (Huang et al. 2018, doi 10.1007/s00371-018-1588-5): {@code kind/name.jpg} with the mask
 * {@code kind/name.png}; the kind {@code free} is sound.
 *
 * @param kind index into {@link TileNet#KINDS}; -1 when sound
 * @param mask as large as the picture, true where it is defective
 */
@SuppressWarnings("ArrayRecordComponent")
record TileSurface(String name, int kind, Picture picture, boolean[] mask) {
    private static final String SOUND = "free";

    /** Reads the whole set. Throws {@link IOException} that names what is wrong. */
    static List<TileSurface> read(Path data) throws IOException {
        DataFiles files = DataFiles.read(data);
        var surfaces = new ArrayList<TileSurface>();
        for (String name : files.names()) {
            if (!name.endsWith(".jpg")) {
                continue;
            }
            String folder = DataFiles.folder(name);
            int kind = TileNet.KINDS.indexOf(folder);
            if (kind < 0 && !folder.equals(SOUND)) {
                throw new IOException("%s lies in the folder \"%s\", expected %s or %s"
                        .formatted(name, folder, SOUND, TileNet.KINDS));
            }
            Picture picture = PictureReader.read(files.bytes(name)).grey();
            Picture mask = PictureReader.read(files.bytes(name.replace(".jpg", ".png")))
                    .grey();
            if (mask.width() != picture.width() || mask.height() != picture.height()) {
                throw new IOException("the mask of %s has %d x %d pixels, the picture %d x %d"
                        .formatted(name, mask.width(), mask.height(), picture.width(), picture.height()));
            }
            boolean[] marked = new boolean[mask.values().length];
            for (int i = 0; i < marked.length; i++) {
                marked[i] = kind >= 0 && mask.values()[i] > 0.5f;
            }
            surfaces.add(new TileSurface(name, kind, picture, marked));
        }
        if (surfaces.isEmpty()) {
            throw new IOException(data + " holds no picture of the magnetic tile set");
        }
        return surfaces;
    }
}
