package io.baigong.host.batch;

import io.baigong.host.run.InvalidInput;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder of a tenant below the root that the administrator set. It is entered name by name from the root and no link is followed, so
 * that whoever may write there can't have files of elsewhere read, not even by a change at the right moment.
 */
final class SourceFolder implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} _.@-]{0,99}");
    private static final int MOST_NAMES = 8;
    /** As many are listed. */
    static final int MOST_FILES = 10_000;

    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".filepart", ".crdownload");

    private final List<SecureDirectoryStream<Path>> entered = new ArrayList<>();

    /** A file as it stands. */
    record Entry(String name, long size, long modified) {}

    /** Whether that is a relative path of plain names. */
    static boolean isName(String folder) {
        String[] names = folder.split("/", -1);
        return names.length <= MOST_NAMES
                && List.of(names).stream().allMatch(name -> NAME.matcher(name).matches());
    }

    /**
     * Checks what people gave.
     *
     * @param root none where the administrator allows no folder
     * @throws InvalidInput if the tenant has no such folder
     */
    static void check(Optional<Path> root, String tenant, String folder) throws InvalidInput {
        if (root.isEmpty()) {
            throw new InvalidInput(
                    "this suite reads no folders", "Its administrator sets baigong.batches.folders to a root.");
        }
        if (!isName(folder)) {
            throw new InvalidInput(
                    "a folder is a relative path of plain names", "Send one such as inbox or inbox/contracts.");
        }
        try {
            new SourceFolder(root.get(), tenant, folder).close();
        } catch (IOException e) {
            throw new InvalidInput(
                    "there is no folder " + folder + " of this tenant",
                    "Make it: " + tenant + "/" + folder + " below the root of watched folders. Links do not count.");
        }
    }

    /**
     * Enters it.
     *
     * @throws IOException if it is not there, or a link
     */
    @SuppressWarnings("StreamResourceLeak") // closed with this
    SourceFolder(Path root, String tenant, String folder) throws IOException {
        if (!isName(tenant) || !isName(folder)) {
            throw new IOException(tenant + "/" + folder + " is no path of plain names");
        }
        try {
            enter(Files.newDirectoryStream(root));
            for (String name : (tenant + "/" + folder).split("/", -1)) {
                enter(entered.getLast().newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void enter(DirectoryStream<Path> stream) throws IOException {
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            stream.close();
            throw new IOException("this system can't enter folders without following links");
        }
        entered.add(secure);
    }

    /** Its files, at most ten thousand: no folders, links, hidden files, nor names of files that are being written. */
    List<Entry> files() throws IOException {
        var files = new ArrayList<Entry>();
        for (Path path : entered.getLast()) {
            String name = String.valueOf(path.getFileName());
            if (name.startsWith(".")
                    || UNFINISHED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)
                    || files.size() == MOST_FILES) {
                continue;
            }
            BasicFileAttributes attributes = entered.getLast()
                    .getFileAttributeView(Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (attributes.isRegularFile()) {
                files.add(new Entry(
                        name, attributes.size(), attributes.lastModifiedTime().toMillis()));
            }
        }
        return files;
    }

    /** Copies a file; what is done to it afterwards does not change the copy. */
    void copy(String name, Path target) throws IOException {
        try (var channel = entered.getLast()
                        .newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var out = Files.newOutputStream(target)) {
            Channels.newInputStream(channel).transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        for (var stream : entered.reversed()) {
            stream.close();
        }
    }
}
