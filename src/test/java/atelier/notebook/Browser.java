package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium without a window, driven over its own DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String READY = "DevTools listening on ";

    private final Process process;
    private final WebSocket page;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private int count;

    /** The Chromium of this machine, if it has one. */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path chromium, Path folder) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(chromium.toString(), "--headless", "--no-sandbox", "--disable-gpu"));
        words.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
        words.addAll(List.of("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"));
        words.addAll(List.of("--window-size=1200,1600", "--remote-debugging-port=0", "--user-data-dir=" + folder));
        words.add("about:blank");
        process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.errorReader();
        String line = said.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("Chromium ended before it was ready");
        }
        Thread drain = new Thread(() -> said.lines().forEach(unused -> {})); // else it blocks on a full pipe
        drain.setDaemon(true);
        drain.start();
        HttpClient http = HttpClient.newHttpClient();
        URI pages = URI.create(
                "http://" + URI.create(line.substring(READY.length())).getAuthority() + "/json/list");
        String list = http.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        String address = Stream.of(JSON.readValue(list, JsonNode[].class))
                .filter(each -> each.path("type").asText().equals("page"))
                .map(each -> each.path("webSocketDebuggerUrl").asText())
                .findFirst()
                .orElseThrow();
        page = http.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .join();
    }

    void open(String address) {
        ask("Page.navigate", JSON.createObjectNode().put("url", address));
    }

    /** The value of a JavaScript expression in the page; a missing node for one that throws. */
    JsonNode evaluate(String expression) {
        ObjectNode question = JSON.createObjectNode().put("expression", expression);
        return ask("Runtime.evaluate", question.put("returnByValue", true))
                .path("result")
                .path("value");
    }

    /** Waits until a JavaScript expression is true, and says whether it became so in time. */
    boolean waitFor(String condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (evaluate(condition).asBoolean()) {
                return true;
            }
            Thread.sleep(250);
        }
        return false;
    }

    /** Presses the left button at one place of the window, moves in steps to another and lets go. */
    void drag(double fromX, double fromY, double toX, double toY) {
        mouse("mouseMoved", fromX, fromY, 0);
        mouse("mousePressed", fromX, fromY, 1);
        for (int i = 1; i <= 5; i++) {
            mouse("mouseMoved", fromX + i * (toX - fromX) / 5, fromY + i * (toY - fromY) / 5, 1);
        }
        mouse("mouseReleased", toX, toY, 0);
    }

    private void mouse(String type, double x, double y, int buttons) {
        ObjectNode event = JSON.createObjectNode().put("type", type).put("x", x).put("y", y);
        boolean over = type.equals("mouseMoved") && buttons == 0;
        event.put("button", over ? "none" : "left").put("buttons", buttons);
        ask("Input.dispatchMouseEvent", event.put("clickCount", type.equals("mouseMoved") ? 0 : 1));
    }

    /** Puts a finger on one place of the window, moves it to another and lifts it. */
    void swipe(double fromX, double fromY, double toX, double toY) {
        touch("touchStart", fromX, fromY);
        touch("touchMove", (fromX + toX) / 2, (fromY + toY) / 2);
        touch("touchMove", toX, toY);
        ask(
                "Input.dispatchTouchEvent",
                JSON.createObjectNode().put("type", "touchEnd").set("touchPoints", JSON.createArrayNode()));
    }

    private void touch(String type, double x, double y) {
        ObjectNode event = JSON.createObjectNode().put("type", type);
        event.putArray("touchPoints").addObject().put("x", x).put("y", y);
        ask("Input.dispatchTouchEvent", event);
    }

    /** Presses and releases a key without a character, such as {@code ArrowRight} with its code 39. */
    void press(String key, int code) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            ObjectNode event =
                    JSON.createObjectNode().put("type", type).put("key", key).put("code", key);
            ask("Input.dispatchKeyEvent", event.put("windowsVirtualKeyCode", code));
        }
    }

    /** A picture of the page, for the eyes of whoever reads a failed test. */
    void screenshot(Path file) throws IOException {
        JsonNode shot = ask("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    private JsonNode ask(String method, ObjectNode parameters) {
        int id = ++count;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        page.sendText(question.set("params", parameters).toString(), true).join();
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        page.abort();
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(each ->
                each.onExit().completeOnTimeout(each, 10, TimeUnit.SECONDS).join());
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    JsonNode heard = JSON.readTree(text.toString());
                    CompletableFuture<JsonNode> answer =
                            asked.remove(heard.path("id").asInt());
                    if (answer != null) {
                        answer.complete(heard.path("result"));
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
