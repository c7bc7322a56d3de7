/** Local accounts, kept in the database. */
@NullMarked
package io.baigong.app.account;

import org.jspecify.annotations.NullMarked;
