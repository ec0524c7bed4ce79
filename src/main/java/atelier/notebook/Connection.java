package atelier.notebook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Where Jupyter expects the kernel to listen, and the key both sign their messages with: the connection file. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Connection(
        String transport,
        String ip,
        String key,
        @JsonProperty("shell_port") int shell,
        @JsonProperty("control_port") int control,
        @JsonProperty("iopub_port") int iopub,
        @JsonProperty("stdin_port") int stdin,
        @JsonProperty("hb_port") int heartbeat) {

    static Connection read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), Connection.class);
    }

    /** The address of one of the ports. */
    String address(int port) {
        return transport + "://" + ip + (transport.equals("ipc") ? "-" : ":") + port;
    }
}
