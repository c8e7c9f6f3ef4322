/**
 * For the tests of applications that embed Onward. Start with {@link dev.onward.test.OnwardExtension}, or with
 * {@link dev.onward.test.TestOnward} without JUnit.
 */
@NullMarked
package dev.onward.test;

import org.jspecify.annotations.NullMarked;
