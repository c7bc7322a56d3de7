package io.baigong.manufacturing.defect.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Files of a data set: a zip file, a folder with zip files in it, or a folder with the files themselves. */
public final class DataFiles {
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_FILES = 200_000;
    private static final long MOST_TOTAL = 4L << 30;

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private long total;

    private DataFiles() {}

    /** Reads all files. Throws {@link IOException} that says what is wrong. */
    public static DataFiles read(Path data) throws IOException {
        var read = new DataFiles();
        if (Files.isDirectory(data)) {
            List<Path> all;
            try (var walk = Files.walk(data)) {
                all = walk.filter(Files::isRegularFile)
                        .limit(MAX_FILES + 1L)
                        .sorted()
                        .toList();
            }
            List<Path> zips = all.stream()
                    .filter(file -> file.toString().endsWith(".zip"))
                    .toList();
            for (Path zip : zips) {
                read.zip(zip);
            }
            if (zips.isEmpty()) {
                for (Path file : all) {
                    try (InputStream in = Files.newInputStream(file)) {
                        read.add(data.relativize(file).toString().replace('\\', '/'), in);
                    }
                }
            }
        } else {
            read.zip(data);
        }
        return read;
    }

    private void zip(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().limit(MAX_FILES + 1L).toList()) {
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(entry.getName(), in);
                    }
                }
            }
        } catch (ZipException e) {
            throw new IOException(file + " is no whole zip file: " + e.getMessage(), e);
        }
    }

    private void add(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException(name + " has more than " + MAX_BYTES + " bytes");
        }
        total += bytes.length;
        if (files.size() == MAX_FILES || total > MOST_TOTAL) {
            throw new IOException("a data set has at most %d files and %d bytes".formatted(MAX_FILES, MOST_TOTAL));
        }
        if (files.put(name, bytes) != null) {
            throw new IOException("the data set holds two files named " + name);
        }
    }

    /** Paths within the set, in order. */
    public List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    /** The content of a file. Throws {@link IOException} when there is none of that name. */
    public byte[] bytes(String name) throws IOException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IOException("the data set has no file " + name);
        }
        return bytes;
    }

    /** The last part of a path, without the ending. */
    public static String stem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }

    /** The name of the folder that a file lies in; empty at the top. */
    public static String folder(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
    }
}
