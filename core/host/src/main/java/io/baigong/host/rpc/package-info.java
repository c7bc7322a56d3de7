/** Runs of tasks over gRPC and WebSocket, and the doors that these come in by. */
@NullMarked
package io.baigong.host.rpc;

import org.jspecify.annotations.NullMarked;
