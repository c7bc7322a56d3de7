package io.baigong.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Records as JSON objects, one a line, in the order of their files. */
final class Records {
    /** The member that says that a value is bytes, as Base64. */
    private static final String BYTES = "$bytes";

    private Records() {}

    static JavaRDD<String> read(SparkSession spark, Job job) {
        String[] paths = job.inputs().toArray(String[]::new);
        return switch (job.format()) {
            // As text: what Spark makes of JSON is not always what was written.
            case JSONL -> spark.read().textFile(paths).javaRDD().filter(line -> !line.isBlank());
            case CSV ->
                lines(spark.read()
                        .option("header", true)
                        .option("multiLine", true)
                        .csv(paths));
            case PARQUET -> lines(spark.read().parquet(paths));
            case FILES ->
                lines(spark.read()
                        .format("binaryFile")
                        .load(paths)
                        .select(
                                element_at(split(col("path"), "/"), -1).as("name"),
                                col("content").as(job.component())));
        };
    }

    private static JavaRDD<String> lines(Dataset<Row> rows) {
        Dataset<Row> readable = rows;
        for (StructField field : rows.schema().fields()) {
            if (field.dataType().equals(DataTypes.BinaryType)) {
                readable = readable.withColumn(
                        field.name(), struct(rows.col('`' + field.name() + '`').as(BYTES)));
            }
        }
        return readable.toJSON().javaRDD();
    }
}
