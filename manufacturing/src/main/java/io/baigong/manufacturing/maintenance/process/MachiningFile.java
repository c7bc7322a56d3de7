package io.baigong.manufacturing.maintenance.process;

import io.baigong.manufacturing.maintenance.telemetry.DelimitedFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Products as AI4I 2020 has them: delimited text with units in the header, a product a line. */
public final class MachiningFile {
    private static final int MOST_PRODUCTS = 5_000_000;

    private MachiningFile() {}

    /**
     * A product, and how it went.
     *
     * @param failed empty where the file has no such column
     */
    public record Product(Machining machining, Optional<Boolean> failed) {}

    /** Products in the order of the file. The causes (TWF, HDF, PWF, OSF, RNF) are known only afterwards and are not read. */
    public static List<Product> read(Path file, String name) throws UnreadableTelemetry {
        var products = new ArrayList<Product>();
        DelimitedFile.read(file, name, header -> rows(header, name, products));
        if (products.isEmpty()) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.EMPTY, name + " has a header, but no product", "Send a line for each product.");
        }
        return products;
    }

    private static DelimitedFile.Rows rows(List<String> header, String name, List<Product> products)
            throws UnreadableTelemetry {
        int id = column(header, name, "product");
        int type = column(header, name, "type");
        int air = column(header, name, "air");
        int process = column(header, name, "process");
        int speed = column(header, name, "rotational");
        int torque = column(header, name, "torque");
        int wear = column(header, name, "tool");
        int failed = find(header, "machine failure");
        return (number, cells) -> {
            if (products.size() >= MOST_PRODUCTS) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.TOO_LARGE,
                        name + " has more than " + MOST_PRODUCTS + " products",
                        "Send it in parts.");
            }
            String quality = cells.get(type).toUpperCase(Locale.ROOT);
            if (!quality.matches("[LMH]")) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.INVALID,
                        "line %d of %s has a type other than L, M and H".formatted(number, name),
                        "Give the quality of each product as L, M or H.");
            }
            products.add(new Product(
                    new Machining(
                            cells.get(id),
                            quality.charAt(0),
                            number(cells.get(air), number, name),
                            number(cells.get(process), number, name),
                            number(cells.get(speed), number, name),
                            number(cells.get(torque), number, name),
                            number(cells.get(wear), number, name)),
                    failed < 0 ? Optional.empty() : Optional.of(number(cells.get(failed), number, name) > 0)));
        };
    }

    private static int find(List<String> header, String start) {
        for (int c = 0; c < header.size(); c++) {
            if (header.get(c).toLowerCase(Locale.ROOT).startsWith(start)) {
                return c;
            }
        }
        return -1;
    }

    private static int column(List<String> header, String name, String start) throws UnreadableTelemetry {
        int column = find(header, start);
        if (column < 0) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    name + " has no column that begins with \"" + start + "\"",
                    "Send the columns Product ID, Type, Air temperature [K], Process temperature [K], Rotational speed [rpm],"
                            + " Torque [Nm] and Tool wear [min].");
        }
        return column;
    }

    private static double number(String cell, long line, String name) throws UnreadableTelemetry {
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UnreadableTelemetry(
                ErrorCode.User.INVALID,
                "line %d of %s has something else where a number belongs".formatted(line, name),
                "Give each measurement as a number, with a point for decimals.");
    }
}
