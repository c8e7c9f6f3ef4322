package dev.onward.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The operator, who changes a session without its user. */
record Operator(RestartableServer server) {

    /** Makes the session old, and has cleanup delete it. */
    void deleteSession(String session) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000',"
                                + " last_active_at = NULL WHERE id = ?")) {
            update.setString(1, session);
            assertThat(update.executeUpdate()).isOne();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        post("/api/onboarding/cleanup");
    }

    /** Replaces this session with a new one. */
    void restart(String session) {
        post("/api/onboarding/sessions/" + session + "/restart");
    }

    private void post(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String key = Files.readString(server.database().resolveSibling("operator.key"))
                    .strip();
            HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                    .header("Authorization", "Bearer " + key)
                    .POST(BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }
}
