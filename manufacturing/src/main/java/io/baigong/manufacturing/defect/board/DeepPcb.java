package io.baigong.manufacturing.defect.board;

import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair of DeepPCB (Tang et al. 2019, arXiv 1902.06197): files {@code N_temp}, {@code N_test} and {@code N.txt}, whose lines are
 * {@code x1 y1 x2 y2 kind}, parted by spaces or commas, kinds from 1 on.
 *
 * @param truths boxes in pixels of the test; kinds are numbers of {@link BoardDefect}, less 1
 */
record DeepPcb(String name, Picture template, Picture test, List<Truth> truths) {
    /** What is done with each pair. */
    @FunctionalInterface
    interface Reader {
        void take(DeepPcb pair, int index, int of) throws IOException;
    }

    /** Reads pair after pair, so that only one is in memory decoded. Throws {@link IOException} that names what is wrong. */
    static void read(Path data, Reader reader) throws IOException {
        DataFiles files = DataFiles.read(data);
        List<String> tests = files.names().stream()
                .filter(name -> DataFiles.stem(name).endsWith("_test"))
                .toList();
        if (tests.isEmpty()) {
            throw new IOException(data + " holds no pair of DeepPCB: N_temp.png, N_test.png and N.txt");
        }
        for (int i = 0; i < tests.size(); i++) {
            String test = tests.get(i);
            String start = test.substring(0, test.lastIndexOf("_test"));
            String ending = test.substring(test.lastIndexOf('.'));
            reader.take(
                    new DeepPcb(
                            start,
                            PictureReader.read(files.bytes(start + "_temp" + ending))
                                    .grey(),
                            PictureReader.read(files.bytes(test)).grey(),
                            truths(start + ".txt", new String(files.bytes(start + ".txt"), StandardCharsets.UTF_8))),
                    i,
                    tests.size());
        }
    }

    static List<Truth> truths(String file, String text) throws IOException {
        var truths = new ArrayList<Truth>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split("[\\s,]+", -1);
            try {
                int kind = Integer.parseInt(parts[4]);
                if (parts.length != 5 || kind < 1 || kind > BoardDefect.values().length) {
                    throw new IllegalArgumentException("kinds are 1 to " + BoardDefect.values().length);
                }
                truths.add(new Truth(
                        kind - 1,
                        new Box(
                                Double.parseDouble(parts[0]),
                                Double.parseDouble(parts[1]),
                                Double.parseDouble(parts[2]),
                                Double.parseDouble(parts[3]))));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(
                        "%s, line %d: expected x1 y1 x2 y2 kind, found \"%s\"".formatted(file, number, line), e);
            }
        }
        return truths;
    }
}
