/** Messages and stubs that protoc writes from src/main/proto/baigong/v1. */
@NullMarked
package io.baigong.host.rpc.v1;

import org.jspecify.annotations.NullMarked;
