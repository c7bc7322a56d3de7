package io.baigong.host.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Lines: first {@code about}, then a line a row with its {@code leaf} byte for byte, last how many {@code rows} there were. */
final class JsonLinesReport implements ReportWriter {
    private final Writer out;

    JsonLinesReport(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(Map<String, String> about, List<String> columns) throws IOException {
        line(json -> json.writeObjectField("about", about));
    }

    @Override
    public void row(Map<String, String> values, @Nullable String leaf) throws IOException {
        line(json -> {
            for (var value : values.entrySet()) {
                json.writeStringField(value.getKey(), value.getValue());
            }
            if (leaf != null) {
                json.writeStringField("leaf", leaf);
            }
        });
    }

    @Override
    public void end(long rows) throws IOException {
        line(json -> json.writeNumberField("rows", rows));
        out.flush();
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(Members members) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = PlatformJson.mapper().createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        out.write(text + "\n");
    }
}
