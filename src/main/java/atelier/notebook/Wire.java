package atelier.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rapaio.org.zeromq.ZMQ;

/** Signed messages in and out of one socket. A socket belongs to one thread, and so does its wire. */
final class Wire {

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZMQ.Socket socket;
    private final Mac mac;

    Wire(ZMQ.Socket socket, String key) {
        this.socket = socket;
        try {
            this.mac = key.isEmpty() ? null : Mac.getInstance("HmacSHA256");
            if (mac != null) {
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The next message, or null when none came within {@code millis} (-1: wait for ever).
     *
     * @throws IOException if what came is no message, or is not signed with the key
     */
    Message receive(int millis) throws IOException {
        socket.setReceiveTimeOut(millis);
        byte[] first = socket.recv();
        if (first == null) {
            return null;
        }
        List<byte[]> frames = new ArrayList<>(List.of(first));
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        int start = 0;
        while (start < frames.size() && !MessageDigest.isEqual(frames.get(start), DELIMITER)) {
            start++;
        }
        if (frames.size() < start + 6) {
            throw new IOException("Wire: expected a message of 6 parts but got " + (frames.size() - start) + ".");
        }
        List<byte[]> parts = frames.subList(start + 2, start + 6);
        if (!MessageDigest.isEqual(signature(parts), frames.get(start + 1))) {
            throw new IOException("Wire: expected a message signed with this kernel's key but got another signature.");
        }
        return new Message(
                List.copyOf(frames.subList(0, start)),
                JSON.readTree(parts.get(0)),
                JSON.readTree(parts.get(1)),
                JSON.readTree(parts.get(3)));
    }

    void send(Message message) {
        message.identities().forEach(socket::sendMore);
        List<byte[]> parts = List.of(
                bytes(message.header()), bytes(message.parent()), bytes(Message.object()), bytes(message.content()));
        socket.sendMore(DELIMITER);
        socket.sendMore(signature(parts));
        for (int i = 0; i < parts.size() - 1; i++) {
            socket.sendMore(parts.get(i));
        }
        socket.send(parts.get(parts.size() - 1));
    }

    private byte[] signature(List<byte[]> parts) {
        if (mac == null) {
            return new byte[0];
        }
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
