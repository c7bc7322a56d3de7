package io.baigong.medical.code;

import io.baigong.spi.LocalText;
import io.baigong.spi.ReferenceFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Optional;

/**
 * The official files of an edition of ICD-10-CM, as the National Center for Health Statistics publishes them: the order file, which has
 * every code, and the tabular list in XML, which has the notes.
 */
public final class IcdFiles implements ReferenceFormat {
    @Override
    public String name() {
        return CodeEditions.ICD_10_CM;
    }

    @Override
    public LocalText title() {
        return new LocalText("ICD-10-CM, official order and tabular files", "ICD-10-CM 官方编码顺序文件与类目文件");
    }

    @Override
    public Optional<String> system() {
        return Optional.of(CodeEditions.ICD_10_CM);
    }

    @Override
    public List<String> files() {
        return List.of("ORDER_FILE", "TABULAR_XML");
    }

    @Override
    public Found read(List<Path> given, OutputStream out) throws IOException {
        IcdTable table = IcdImport.read(given.get(0), given.get(1));
        table.write(out);
        String year = table.version();
        if (!year.matches("[12]\\d{3}")) {
            return new Found(table.size(), null, null, null);
        }
        // A fiscal year begins in the year before.
        LocalDate from = LocalDate.of(Integer.parseInt(year) - 1, Month.OCTOBER, 1);
        return new Found(table.size(), year, from, from.plusYears(1).minusDays(1));
    }
}
