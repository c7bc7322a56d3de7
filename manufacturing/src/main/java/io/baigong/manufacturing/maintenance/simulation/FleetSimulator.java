package io.baigong.manufacturing.maintenance.simulation;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.Cleaning;
import io.baigong.manufacturing.maintenance.telemetry.Samples;
import io.baigong.manufacturing.maintenance.telemetry.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Machines that wear out while they run, are serviced, and are measured by sensors that fail too.
 *
 * <p>A component's life is Weibull with shape 3, used up by load: full on weekdays, 0.4 at weekends. Over its last days, the P-F interval
 * (Nowlan and Heap, Reliability-centered Maintenance, 1978), drawn around ten days at full load, its damage shows in signals and error codes, more
 * and more steeply; one failure in fifty comes without a sign. Each signal has a level of the machine's own, follows the season and the
 * hour of the day, and is noisy. Services every thirty days replace the oldest component one time in five. Sensors stick, drop out and
 * spike.
 */
public final class FleetSimulator {
    /** When every record begins. */
    public static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    /** Usual level of each {@link Signal}. */
    private static final double[] LEVEL = {170, 450, 100, 40};

    /** Standard deviation of the hourly noise of each signal. */
    private static final double[] NOISE = {15, 50, 10, 5};

    /** How each signal follows the season, in standard deviations of its noise. */
    private static final double[] SEASON = {0.2, 0, -0.3, 0.15};

    private static final double SHAPE = 3;
    private static final double WEEKEND_LOAD = 0.4;
    private static final double PF_DAYS = 10;
    private static final double PF_SPREAD = 0.15;
    private static final double STEEPNESS = 1.5;
    private static final double SUDDEN = 0.02;
    private static final int SERVICE_DAYS = 30;
    private static final double SERVICE_REPLACES = 0.2;
    private static final double FAULTS_PER_HOUR = 1.0 / (45 * 24);
    private static final double NUISANCE_PER_HOUR = 1.0 / (40 * 24);

    private final FleetScenario scenario;

    public FleetSimulator(FleetScenario scenario) {
        this.scenario = scenario;
    }

    /**
     * A machine as it was recorded, before anything is cleaned.
     *
     * @param replacements planned or after a failure, the last before the record among them
     */
    public record Recorded(
            String machine,
            String model,
            int age,
            Samples samples,
            List<Event> errors,
            List<Event> replacements,
            List<Event> failures) {}

    /** Histories, cleaned as those of real machines are. */
    public List<MachineHistory> histories() {
        return recorded().stream().map(FleetSimulator::history).toList();
    }

    private static MachineHistory history(Recorded machine) {
        return new MachineHistory(
                machine.machine(),
                machine.model(),
                machine.age(),
                Cleaning.of(machine.machine(), machine.samples()).series(),
                machine.errors(),
                machine.replacements(),
                machine.failures());
    }

    /** What the plant's historian would hold. */
    public List<Recorded> recorded() {
        var all = new ArrayList<Recorded>();
        var random = new SplittableRandom(scenario.seed());
        for (int m = 1; m <= scenario.machines(); m++) {
            all.add(new Machine("M%04d".formatted(m), random.split()).record(scenario.days() * 24));
        }
        return all;
    }

    /** A fitted component. */
    private static final class Fitted {
        /** Hours at full load. */
        private final double life;

        private final double onset;
        private double used;
        private long since;

        Fitted(SplittableRandom random, double scale, long since) {
            life = scale * 24 * Math.pow(-Math.log(1 - random.nextDouble()), 1 / SHAPE);
            boolean sudden = random.nextDouble() < SUDDEN;
            double pf = PF_DAYS * 24 * Math.exp(PF_SPREAD * random.nextGaussian());
            onset = sudden ? life : Math.max(0, life - pf);
            this.since = since;
        }

        boolean failed() {
            return used >= life;
        }

        /** 0 while sound, 1 at failure. */
        double damage() {
            return used <= onset ? 0 : Math.pow((used - onset) / (life - onset), STEEPNESS);
        }
    }

    /** One machine while it is simulated. */
    private static final class Machine {
        private final String name;
        private final SplittableRandom random;
        private final double[] own = new double[Signal.ALL.size()];
        private final Fitted[] fitted = new Fitted[Part.ALL.size()];
        private final List<Event> errors = new ArrayList<>();
        private final List<Event> replacements = new ArrayList<>();
        private final List<Event> failures = new ArrayList<>();
        private final Samples samples = new Samples();
        private final long firstHour = START.getEpochSecond() / 3600;
        private int down;
        private int faulty = -1;
        private int faultHours;
        private boolean stuck;
        private float stuckAt = Float.NaN;

        Machine(String name, SplittableRandom random) {
            this.name = name;
            this.random = random;
            for (int s = 0; s < own.length; s++) {
                own[s] = 0.3 * random.nextGaussian();
            }
        }

        Recorded record(int hours) {
            int model = random.nextInt(1, 4);
            int age = random.nextInt(0, 21);
            int service = random.nextInt(SERVICE_DAYS) * 24;
            for (int p = 0; p < fitted.length; p++) {
                fitted[p] = begun(Part.ALL.get(p));
                replacements.add(new Event(fitted[p].since, Part.ALL.get(p).component()));
            }
            for (int t = 0; t < hours; t++) {
                hour(t, t % (SERVICE_DAYS * 24) == service);
            }
            replacements.sort(Comparator.comparingLong(Event::hour));
            return new Recorded(name, "model" + model, age, samples, errors, replacements, failures);
        }

        /** A component that has already run for a while and is sound. */
        private Fitted begun(Part part) {
            while (true) {
                var fresh = new Fitted(random, part.life(), 0);
                double used = random.nextDouble() * fresh.life;
                if (used < fresh.onset) {
                    fresh.used = used;
                    fresh.since = firstHour - Math.round(used / 0.83);
                    return fresh;
                }
            }
        }

        private void hour(int t, boolean service) {
            long now = firstHour + t;
            double load = t / 24 % 7 < 5 ? 1 : WEEKEND_LOAD;
            double[] effect = new double[own.length];
            if (down > 0) {
                down--;
                return;
            }
            if (service && random.nextDouble() < SERVICE_REPLACES) {
                replaceOldest(now);
            }
            for (int p = 0; p < fitted.length; p++) {
                Part part = Part.ALL.get(p);
                fitted[p].used += load;
                if (fitted[p].failed()) {
                    failures.add(new Event(now, part.component()));
                    replace(p, now);
                    down = random.nextInt(4, 13);
                }
                double damage = fitted[p].damage();
                for (int s = 0; s < effect.length; s++) {
                    effect[s] += damage * part.effects()[s];
                }
                if (random.nextDouble() < NUISANCE_PER_HOUR + 0.04 * damage * load) {
                    errors.add(new Event(now, part.error()));
                }
            }
            if (random.nextDouble() < NUISANCE_PER_HOUR) {
                errors.add(new Event(now, "E900"));
            }
            measure(t, now, load, effect);
        }

        private void replaceOldest(long now) {
            int oldest = 0;
            for (int p = 1; p < fitted.length; p++) {
                oldest = fitted[p].since < fitted[oldest].since ? p : oldest;
            }
            replace(oldest, now);
        }

        private void replace(int part, long now) {
            fitted[part] = new Fitted(random, Part.ALL.get(part).life(), now);
            replacements.add(new Event(now, Part.ALL.get(part).component()));
        }

        private void measure(int t, long now, double load, double[] effect) {
            float[] values = new float[own.length];
            double season = -Math.cos(2 * Math.PI * t / (365.25 * 24));
            double noon = -Math.cos(2 * Math.PI * t / 24);
            for (int s = 0; s < values.length; s++) {
                double z = own[s]
                        + SEASON[s] * (season + 0.5 * noon)
                        + effect[s]
                        + (s == 1 ? 0.2 * (load - 1) : 0)
                        + random.nextGaussian();
                values[s] = (float) (LEVEL[s] + NOISE[s] * z);
            }
            fault(values);
            samples.add(now * 3600, values, true);
        }

        /** Sensors stick at a value, drop out, or spike. */
        private void fault(float[] values) {
            if (faultHours == 0 && random.nextDouble() < FAULTS_PER_HOUR) {
                faulty = random.nextInt(values.length);
                stuck = random.nextBoolean();
                stuckAt = values[faulty];
                faultHours = stuck ? random.nextInt(24, 73) : random.nextInt(6, 25);
            }
            if (faultHours > 0) {
                faultHours--;
                values[faulty] = stuck ? stuckAt : Float.NaN;
            }
            if (random.nextDouble() < FAULTS_PER_HOUR) {
                int s = random.nextInt(values.length);
                values[s] += (float) (6 * NOISE[s] * (random.nextBoolean() ? 1 : -1));
            }
        }
    }
}
