package io.ringtail.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.auth.UserFile.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserFileTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"alice|secret|true", "alice|secre|false", "alice|secrets|false",
                "alic|secret|false", "bob|with:colon|true", "bob|with|false", "carol|''|true",
                "carol|x|false", "dora|last line|true", "''|secret|false"})
    void admitsTheUsersOfALoginFile(String name, String password, boolean admitted)
            throws IOException {
        var users = login("alice:secret\r\nbob:with:colon\ncarol:\ndora:last line");
        assertEquals(admitted, admits(users, name, password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"alice|secret|true", "bob|builder|true", "bob|builder:more|true",
                "bob|build|false", "bob|more|false", "carol|''|false", "no colon|''|false"})
    void whatIsBehindAFurtherColonMayBeLeftOutWithSasl(String name, String password,
            boolean admitted) throws IOException {
        var users = UserFile.open(file("alice:secret\n\nno colon\nbob:builder:more\ncarol:\n"),
                Format.SASL);
        assertEquals(admitted, admits(users, name, password));
    }

    @Test
    void admitsEightLoginsAtMost() throws IOException {
        var users = login("a:1\nb:1\nc:1\nd:1\ne:1\nf:1\ng:1\nh:1\ni:1\n");
        assertTrue(admits(users, "h", "1"));
        assertFalse(admits(users, "i", "1"));
    }

    @Test
    void anEmptyLoginFileAdmitsNobody() throws IOException {
        assertFalse(admits(login(""), "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nocolon", "'a:b\n\n'", "'a:b\nnocolon'"})
    void aLoginLineWithoutAColonIsMalformed(String content) {
        var failure = assertThrows(UserFileException.class, () -> login(content));
        assertEquals(
                "Authfile [" + directory.resolve("users")
                        + "] has a malformed entry. Should be 'user:password'",
                failure.getMessage());
    }

    @Test
    void linesHaveAtMost255BytesWithTheirEnd() throws IOException {
        assertTrue(admits(login("u:" + "p".repeat(252) + "\n"), "u", "p".repeat(252)));
        assertThrows(UserFileException.class, () -> login("u:" + "p".repeat(253) + "\n"));
    }

    @Test
    void aMissingFileIsNamed() {
        var missing = directory.resolve("missing");
        var failure =
                assertThrows(UserFileException.class, () -> UserFile.open(missing, Format.LOGIN));
        assertEquals("Could not open authfile [" + missing
                + "] for reading, error No such file or directory", failure.getMessage());
    }

    @Test
    void reloadTakesTheNewUsers() throws IOException {
        var users = login("alice:old\n");
        file("alice:new\n");
        assertTrue(admits(users, "alice", "old"));
        users.reload();
        assertFalse(admits(users, "alice", "old"));
        assertTrue(admits(users, "alice", "new"));
    }

    @Test
    void aFailedReloadLeavesTheUsersAsTheyWere() throws IOException {
        var users = login("alice:old\n");
        file("malformed\n");
        assertThrows(UserFileException.class, users::reload);
        assertTrue(admits(users, "alice", "old"));
    }

    private UserFile login(String content) throws IOException {
        return UserFile.open(file(content), Format.LOGIN);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("users"), content, ISO_8859_1);
    }

    private static boolean admits(UserFile users, String name, String password) {
        return users.admits(name.getBytes(ISO_8859_1), password.getBytes(ISO_8859_1));
    }
}
