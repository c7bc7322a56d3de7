package io.baigong.medical.code;

import io.baigong.spi.LocalText;
import io.baigong.spi.ReferenceFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Any classification as a {@link CodeList}: ICD-9-CM-3, a national edition, a hospital's own. A code with several titles has the first. */
public final class ListFile implements ReferenceFormat {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public LocalText title() {
        return new LocalText("Any list of code, title and synonyms, tab-separated", "任意编码列表：编码、名称、同义词，以制表符分隔");
    }

    @Override
    public Optional<String> system() {
        return Optional.empty();
    }

    @Override
    public List<String> files() {
        return List.of("FILE");
    }

    @Override
    public Found read(List<Path> given, OutputStream out) throws IOException {
        Map<String, List<String>> names = new LinkedHashMap<>();
        Map<String, Double> weights = new HashMap<>();
        for (Code code : CodeList.read(given.getFirst())) {
            if (code.code().isEmpty()) {
                throw new IOException(given.getFirst().getFileName() + " has a title without a code");
            }
            List<String> known = names.computeIfAbsent(code.code(), k -> new ArrayList<>());
            known.add(code.title());
            known.addAll(code.synonyms());
            if (code.weight() != null) {
                weights.put(code.code(), code.weight());
            }
        }
        var sorted = new TreeSet<>(names.keySet());
        var codes = new ArrayList<IcdTable.IcdCode>();
        names.forEach((code, all) -> {
            boolean last = sorted.tailSet(code, false).stream()
                    .takeWhile(next -> next.startsWith(code))
                    .noneMatch(next -> IcdTable.isUnder(next, code));
            List<String> distinct = all.stream().distinct().toList();
            codes.add(new IcdTable.IcdCode(code, last, distinct.getFirst(), distinct.subList(1, distinct.size())));
        });
        new IcdTable("", "", codes, List.of(), weights).write(out);
        return new Found(codes.size(), null, null, null);
    }
}
