package io.baigong.manufacturing.defect.annotation;

import java.util.List;

/** How a picture's boxes are written for other programs. */
public enum AnnotationFormat {
    /** COCO's JSON. */
    COCO {
        @Override
        public String write(AnnotatedPicture picture) {
            return Coco.write(List.of(picture));
        }
    },
    /** Pascal VOC's XML. */
    PASCAL_VOC {
        @Override
        public String write(AnnotatedPicture picture) {
            return PascalVoc.write(picture);
        }
    },
    /** YOLO's text; classes are numbered in the alphabetical order of those that the picture shows. */
    YOLO {
        @Override
        public String write(AnnotatedPicture picture) {
            List<String> classes = picture.boxes().stream()
                    .map(AnnotatedPicture.Marked::label)
                    .distinct()
                    .sorted()
                    .toList();
            return Yolo.write(picture, classes);
        }
    };

    /** The file's text. */
    public abstract String write(AnnotatedPicture picture);
}
