package io.baigong.journal.objects;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Object stores that speak Amazon S3's protocol. */
public final class ObjectStores {
    private ObjectStores() {}

    /**
     * A client, which its user closes. Credentials come from where Amazon's SDK looks for them: environment, profile, role of the
     * machine.
     *
     * @param setting by which the operator names the store, for messages
     * @param patience for a call with its repetitions; half of it for one attempt
     * @throws IllegalArgumentException for an endpoint that is no address
     */
    public static S3Client client(ObjectStoreConfig config, String setting, Duration patience) {
        var builder = S3Client.builder()
                .region(Region.of(config.region()))
                .forcePathStyle(config.pathStyle())
                // Other stores than Amazon's know neither trailing checksums nor signed chunks.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .overrideConfiguration(
                        call -> call.apiCallTimeout(patience).apiCallAttemptTimeout(patience.dividedBy(2)))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
        config.endpoint().map(endpoint -> address(endpoint, setting)).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static URI address(URI endpoint, String setting) {
        if (endpoint.getScheme() == null || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    setting + ".endpoint is an address such as https://minio.example:9000, not " + endpoint);
        }
        return endpoint;
    }
}
