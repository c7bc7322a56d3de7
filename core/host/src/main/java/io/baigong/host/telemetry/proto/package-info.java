/** Messages that protoc writes from src/main/proto/sparkplug. */
@NullMarked
package io.baigong.host.telemetry.proto;

import org.jspecify.annotations.NullMarked;
