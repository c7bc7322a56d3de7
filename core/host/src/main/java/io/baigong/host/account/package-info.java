/** Local accounts, sign-in and sessions; and identities that Keycloak vouches for. */
@NullMarked
package io.baigong.host.account;

import org.jspecify.annotations.NullMarked;
