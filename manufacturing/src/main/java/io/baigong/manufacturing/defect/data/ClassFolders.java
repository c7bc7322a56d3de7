package io.baigong.manufacturing.defect.data;

import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Pictures in a folder a class, as NEU and X-SDD come. */
public final class ClassFolders {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff");

    private ClassFolders() {}

    /**
     * A picture with its class.
     *
     * @param name path within the set
     */
    public record Labelled(String name, String label, Picture picture) {}

    /** Reads all pictures; only pixels are looked at. Throws {@link IOException} that names a file that is no picture. */
    public static List<Labelled> read(Path data) throws IOException {
        DataFiles files = DataFiles.read(data);
        var pictures = new ArrayList<Labelled>();
        for (String name : files.names()) {
            String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            String label = DataFiles.folder(name);
            if (ENDINGS.contains(ending) && !label.isEmpty()) {
                try {
                    pictures.add(new Labelled(name, label, PictureReader.read(files.bytes(name))));
                } catch (IOException e) {
                    throw new IOException(name + ": " + e.getMessage(), e);
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new IOException(data + " holds no picture in a folder named as its class");
        }
        return pictures;
    }
}
