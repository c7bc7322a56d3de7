package io.baigong.host.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.baigong.spi.Attachment;
import io.baigong.spi.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** JSON Schemas (2020-12) of inputs and outputs. A file of an input stands as a binary string. Thread-safe. */
public final class TaskSchemas {
    private final SchemaGenerator generator;
    private final Map<Class<?>, JsonNode> schemas = new ConcurrentHashMap<>();

    public TaskSchemas() {
        var config = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.ALWAYS_REF_SUBTYPES));
        config.forFields().withRequiredCheck(field -> !nullable(field)).withNullableCheck(TaskSchemas::nullable);
        config.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> {
            if (type.getErasedType() != Attachment.class) {
                return null;
            }
            var file = context.getGeneratorConfig().createObjectNode();
            file.put("type", "string").put("contentMediaType", "application/octet-stream");
            return new CustomDefinition(file, true);
        });
        generator = new SchemaGenerator(config.build());
    }

    private static boolean nullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    public JsonNode input(Task<?, ?> task) {
        return schema(task.inputType());
    }

    public JsonNode output(Task<?, ?> task) {
        return schema(task.outputType());
    }

    private synchronized JsonNode schema(Class<?> type) {
        return schemas.computeIfAbsent(type, generator::generateSchema);
    }
}
