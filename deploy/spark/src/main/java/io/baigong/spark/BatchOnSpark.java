package io.baigong.spark;

import io.baigong.spark.Job.WrongUsage;
import io.baigong.spark.Suite.Refused;
import io.baigong.spark.Suite.State;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A batch on many machines: reads records, has them run beside the executors, and writes what the suite has kept. */
public final class BatchOnSpark {
    private static final long LOOK_MILLIS = 2_000;

    /** A record that ends its worker is given up after six attempts, so a Spark task may need a few more. */
    private static final String FAILURES = "16";

    private static final String CREDENTIALS = "BAIGONG_CREDENTIALS";

    private BatchOnSpark() {}

    public static void main(String[] args) {
        int code;
        try {
            if (args.length == 0 || args[0].equals("--help")) {
                System.out.print(Job.USAGE);
                return;
            }
            Job job = Job.of(args);
            String credentials = System.getenv(CREDENTIALS);
            if (credentials == null || credentials.isBlank()) {
                throw new WrongUsage("set " + CREDENTIALS + " to NAME:PASSWORD or to an access token");
            }
            code = run(job, credentials.strip());
        } catch (WrongUsage e) {
            System.err.println("baigong: " + e.getMessage() + "; --help says more");
            code = 2;
        } catch (IOException e) {
            System.err.println("baigong: " + e.getMessage());
            code = 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = 1;
        }
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(Job job, String credentials) throws IOException, InterruptedException {
        var suite = new Suite(job.server(), credentials);
        var conf = new SparkConf().setIfMissing("spark.task.maxFailures", FAILURES);
        try (SparkSession spark = SparkSession.builder()
                        .appName("Baigong " + job.task())
                        .config(conf)
                        .getOrCreate();
                var context = JavaSparkContext.fromSparkContext(spark.sparkContext())) {
            checkOutput(job, context);
            JavaRDD<String> records = Records.read(spark, job);
            State batch = batch(job, suite, records.count());
            System.err.println("baigong: " + job.server() + "/batches/" + batch.id());
            // Places are given before the records are spread, so that they are the same in each submission.
            JavaPairRDD<String, Long> placed = records.zipWithIndex();
            Thread watch = Thread.ofVirtual().start(() -> watch(suite, batch, context));
            try {
                job.tasks()
                        .map(placed::repartition)
                        .orElse(placed)
                        .mapPartitions(Worker.of(job, batch.id(), credentials))
                        .saveAsTextFile(job.output());
            } finally {
                watch.interrupt();
                watch.join();
            }
            State ended = suite.batch(batch.id());
            System.err.println("baigong: " + progress(ended) + ", results in " + job.output());
            return ended.failed() == 0 ? 0 : 1;
        } catch (Exception e) {
            if (e instanceof SparkThrowable) {
                throw new IOException(why(e), e);
            }
            throw e;
        }
    }

    /** What Spark wraps in layers of its own. */
    private static String why(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                + ". Where the batch was begun, --batch goes on with it";
    }

    /** A folder that an attempt left in which nothing was finished may be written over; another may not. */
    private static void checkOutput(Job job, JavaSparkContext context) throws IOException {
        var output = new Path(job.output());
        FileSystem files = output.getFileSystem(context.hadoopConfiguration());
        if (!files.exists(output)) {
            return;
        }
        for (var one : files.listStatus(output)) {
            if (!one.getPath().getName().equals("_temporary")) {
                throw new WrongUsage(job.output() + " is there already: name another --output, or move it away");
            }
        }
        files.delete(output, true);
    }

    private static State batch(Job job, Suite suite, long total) throws IOException, InterruptedException {
        if (total == 0) {
            throw new WrongUsage("there is no record in " + String.join(", ", job.inputs()));
        }
        if (job.batch().isEmpty()) {
            return suite.open(job.task(), name(job), total);
        }
        State batch = suite.batch(job.batch().get());
        if (!batch.remote() || !batch.task().equals(job.task()) || batch.total() != total) {
            throw new Refused("batch " + batch.id() + " is no remote batch of " + total + " records for " + job.task());
        }
        return batch;
    }

    private static String name(Job job) {
        String first = job.inputs().getFirst();
        String name = new Path(first).getName();
        return name.isEmpty() ? first : name;
    }

    /** Says how far it is, and ends the job when the batch was cancelled. */
    private static void watch(Suite suite, State batch, JavaSparkContext context) {
        long said = -1;
        while (true) {
            try {
                Thread.sleep(LOOK_MILLIS);
                State now = suite.batch(batch.id());
                if (now.done() != said) {
                    said = now.done();
                    System.err.println("baigong: " + progress(now));
                }
                if (now.state().equals("CANCELLED")) {
                    System.err.println("baigong: the batch was cancelled in the suite");
                    context.cancelAllJobs();
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                System.err.println("baigong: the suite does not answer now: " + e);
            }
        }
    }

    private static String progress(State batch) {
        return String.format(
                Locale.ROOT, "%,d of %,d records, %,d failed", batch.done(), batch.total(), batch.failed());
    }
}
