package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the OpenAPI document which members an answer always has: those of its record that are not nullable, and, where the record
 * writes null, those that are, which then may be null. A request's members are needed where its record says so by itself, for one that is
 * left out has a default.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class AnswerMembers implements OASFilter {
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName NAMED =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    private final Collection<ClassInfo> classes;

    /** @param index of the suite's classes, as the build has it */
    public AnswerMembers(IndexView index) {
        this.classes = index.getKnownClasses();
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        Set<String> asked = new HashSet<>();
        document.getPaths().getPathItems().values().stream()
                .map(PathItem::getOperations)
                .flatMap(operations -> operations.values().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .map(RequestBody::getContent)
                .filter(Objects::nonNull)
                .map(Content::getMediaTypes)
                .flatMap(types -> types.values().stream())
                .map(MediaType::getSchema)
                .forEach(schema -> reach(schema, schemas, asked));
        schemas.forEach((name, schema) -> {
            if (!asked.contains(name) && schema.getProperties() != null) {
                record(name, schema).ifPresent(record -> mark(record, schema));
            }
        });
    }

    /** Adds the names of all schemas that one leads to. */
    private static void reach(@Nullable Schema schema, Map<String, Schema> schemas, Set<String> reached) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1);
            if (reached.add(name)) {
                reach(schemas.get(name), schemas, reached);
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(member -> reach(member, schemas, reached));
        }
        reach(schema.getItems(), schemas, reached);
        reach(schema.getAdditionalPropertiesSchema(), schemas, reached);
        Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(part -> reach(part, schemas, reached));
    }

    /** The record that a schema is of; several of one name are told apart by their members, and are none where that fails. */
    private Optional<ClassInfo> record(String name, Schema schema) {
        Set<String> members = new HashSet<>();
        schema.getProperties().keySet().forEach(member -> members.add(plain(member)));
        List<ClassInfo> found = classes.stream()
                .filter(type -> type.isRecord() && isCalled(type, name))
                .filter(type -> members.equals(type.recordComponents().stream()
                        .map(component -> plain(component.name()))
                        .collect(Collectors.toSet())))
                .toList();
        return found.stream().map(AnswerMembers::members).distinct().count() == 1
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /** What an answer has of each member: whether it is always there, and whether it may be null. */
    private static Map<String, String> members(ClassInfo type) {
        Map<String, String> members = new TreeMap<>();
        boolean leavesOut = leavesOutNull(type);
        type.recordComponents()
                .forEach(component ->
                        members.put(component.name(), isNullable(component) ? "nullable " + leavesOut : "always"));
        return members;
    }

    /** Whether a schema of this name may be of this class: by its simple name, with a number where there are several, or a given one. */
    private static boolean isCalled(ClassInfo type, String name) {
        AnnotationInstance given = type.declaredAnnotation(NAMED);
        if (given != null && given.value("name") != null) {
            return given.value("name").asString().equals(name);
        }
        return name.replaceFirst("[0-9]+$", "").equals(type.simpleName());
    }

    /** A member's name in whichever style. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static void mark(ClassInfo type, Schema schema) {
        Map<String, RecordComponentInfo> components = type.recordComponents().stream()
                .collect(Collectors.toMap(component -> plain(component.name()), component -> component));
        schema.getProperties().forEach((member, value) -> {
            RecordComponentInfo component = Objects.requireNonNull(components.get(plain(member)));
            if (isNullable(component) && leavesOutNull(type)) {
                return;
            }
            if (schema.getRequired() == null || !schema.getRequired().contains(member)) {
                schema.addRequired(member);
            }
            if (isNullable(component)) {
                schema.addProperty(member, orNull(value));
            }
        });
    }

    private static boolean isNullable(RecordComponentInfo component) {
        return component.type().hasAnnotation(NULLABLE);
    }

    private static boolean leavesOutNull(ClassInfo type) {
        AnnotationInstance include = type.declaredAnnotation(INCLUDE);
        return include != null && include.value().asEnum().equals(JsonInclude.Include.NON_NULL.name());
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(schema)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        return schema.getType() == null || schema.getType().contains(SchemaType.NULL)
                ? schema
                : schema.addType(SchemaType.NULL);
    }
}
