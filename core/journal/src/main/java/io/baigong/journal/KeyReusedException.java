package io.baigong.journal;

/** A request that bears the key of another one, which asked for something else. */
public final class KeyReusedException extends RuntimeException {
    KeyReusedException() {
        super("this key is of another request, which asked for something else");
    }
}
