/** Messages and stubs that protoc writes from src/main/proto/inference. */
@NullMarked
package io.baigong.host.kserve.proto;

import org.jspecify.annotations.NullMarked;
