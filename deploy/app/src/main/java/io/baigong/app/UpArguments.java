package io.baigong.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** Arguments of {@code ./baigong up}. */
record UpArguments(String host, int port, boolean help) {
    static final String HELP = """
            Usage: ./baigong up [--port PORT] [--host ADDRESS]

            Starts the suite and its PostgreSQL, and prints the address and the sign-in.
              --port PORT       8080 unless given
              --host ADDRESS    address to listen on, 127.0.0.1 unless given

            Environment: BAIGONG_HOME (folder of the data), BAIGONG_DB_URL (a PostgreSQL that runs already, as a JDBC
            URL with user and password), BAIGONG_ACCOUNTS_PASSWORD (sets the password of the account analyst),
            BAIGONG_HEAP (largest heap, such as 1g), BAIGONG_CHAT_MODEL (a model of the gateway that tasks may ask),
            BAIGONG_OIDC_URL and BAIGONG_OIDC_SECRET (a Keycloak realm that people sign in with).""";

    static UpArguments parse(String[] args) throws StartException {
        String host = "127.0.0.1";
        int port = 8080;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help", "-h" -> {
                    return new UpArguments(host, port, true);
                }
                case "--port" -> port = port(value(args, ++i));
                case "--host" -> host = value(args, ++i);
                default -> throw new StartException("up knows no " + args[i] + ".\n" + HELP);
            }
        }
        return new UpArguments(host, port, false);
    }

    Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("quarkus.http.host", host);
        properties.put("quarkus.http.port", String.valueOf(port));
        return properties;
    }

    private static String value(String[] args, int i) throws StartException {
        if (i >= args.length) {
            throw new StartException(args[i - 1] + " needs a value.\n" + HELP);
        }
        return args[i];
    }

    private static int port(String text) throws StartException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new StartException("a port is a number from 1 to 65535, not " + text);
    }
}
