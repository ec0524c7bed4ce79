package atelier.dl4j;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What NVIDIA's driver tells of this machine's GPU, and whether ND4J's build for CUDA 11.6 can use it.
 *
 * <p>Asked before anything is fetched: the libraries are gigabytes.
 *
 * <p>Sources: NVIDIA, "CUDA Compatibility", minor version compatibility (drivers from 450.80.02 run CUDA 11; on Windows 452.39; later drivers stay
 * compatible). ND4J's build 1.0.0-M2.1 holds machine code for compute capabilities 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, as its 228 "fat
 * binaries" say of themselves, each good for later ones of the same first number; and no PTX, which a driver could translate for others.
 *
 * @param device its name, or nothing where none can be used
 * @param driver the driver's version
 * @param memory in MB
 * @param capability compute capability, such as 8.6
 * @param ails why it cannot be used, or nothing
 * @param remedy what to do about it, or nothing
 */
public record Gpu(String device, String driver, String memory, String capability, String ails, String remedy) {

    /** What ND4J's build is made for, and comes with. */
    public static final String TOOLKIT = "CUDA 11.6, cuDNN 8.3";

    private static final String QUERY = "--query-gpu=name,driver_version,memory.total,compute_cap";
    private static final String WITHOUT = ", or train on the processor: leave out --backend cuda.";
    private static final int PATIENCE = 20; // seconds
    private static final double OLDEST = 3.7;
    private static final double NEWEST = 8.9;

    public boolean works() {
        return ails.isEmpty();
    }

    /** Looks at this machine. */
    public static Gpu look() throws InterruptedException {
        return look(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getenv("PATH"),
                Path.of("/sys/bus/pci/devices"));
    }

    /** At a machine of this system and processor, with these programs and devices. */
    static Gpu look(String system, String processor, String programs, Path devices) throws InterruptedException {
        boolean windows = system.startsWith("Windows");
        if (!(windows || system.equals("Linux")) || !List.of("amd64", "x86_64").contains(processor)) {
            return none(
                    "ND4J's build for CUDA 11.6 is for 64-bit Linux and Windows on Intel and AMD, not for " + system
                            + " on " + processor,
                    "Use such a machine" + WITHOUT);
        }
        String program = program(windows ? "nvidia-smi.exe" : "nvidia-smi", programs);
        if (program == null) {
            return hasDevice(devices)
                    ? none(
                            "an NVIDIA device is there but its driver is not (no nvidia-smi on the PATH)",
                            "Install the driver, version 510 or newer (Debian, non-free: apt-get install nvidia-driver), and start the machine anew"
                                    + WITHOUT)
                    : none(
                            "no NVIDIA driver (no nvidia-smi on the PATH) and no NVIDIA device",
                            "Use a machine with an NVIDIA GPU and its driver, version 510 or newer" + WITHOUT);
        }
        try {
            Process process = new ProcessBuilder(program, QUERY, "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return none(
                        "nvidia-smi gave no answer in " + PATIENCE + " s",
                        "Look at the driver, and start the machine anew" + WITHOUT);
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0
                    ? answered(answer.lines().findFirst().orElse(""), windows)
                    : none(
                            "nvidia-smi says: " + answer.lines().findFirst().orElse("nothing"),
                            "A driver that was renewed wants the machine to start anew" + WITHOUT);
        } catch (IOException failure) {
            return none(
                    "nvidia-smi does not start (" + failure.getMessage() + ")", "Install the driver anew" + WITHOUT);
        }
    }

    private static Gpu answered(String line, boolean windows) {
        String[] words = line.split(" *, *");
        if (words.length != 4 || !words[3].matches("\\d+\\.\\d+")) {
            return none(
                    "nvidia-smi says \"" + line + "\" and not name, driver, memory, compute capability",
                    "A driver of version 510 or newer tells all four" + WITHOUT);
        }
        double capability = Double.parseDouble(words[3]);
        String oldest = windows ? "452.39" : "450.80.02";
        if (older(words[1], oldest)) {
            return of(
                    words,
                    "driver " + words[1] + " is too old for CUDA 11.6, which wants " + oldest + " or newer",
                    "Renew the driver, best to 510 or newer" + WITHOUT);
        }
        if (capability < OLDEST || capability > NEWEST) {
            return of(
                    words,
                    "ND4J's build has no machine code for compute capability " + words[3] + ", only for " + OLDEST
                            + " to " + NEWEST + ", and no PTX that the driver could translate at the first use",
                    "Use a GPU of these capabilities (Kepler K80 to Ada)" + WITHOUT);
        }
        return of(words, "", "");
    }

    /** Versions by their numbers, from the left. */
    private static boolean older(String version, String than) {
        String[] a = version.split("\\.");
        String[] b = than.split("\\.");
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int difference = Integer.parseInt(a[i].replaceAll("\\D", "0")) - Integer.parseInt(b[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static Gpu of(String[] words, String ails, String remedy) {
        return new Gpu(words[0], words[1], words[2].replace(" MiB", ""), words[3], ails, remedy);
    }

    private static Gpu none(String ails, String remedy) {
        return new Gpu("", "", "", "", ails, remedy);
    }

    private static String program(String name, String path) {
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        return null;
    }

    /** Whether a device on the bus says that it is NVIDIA's. */
    private static boolean hasDevice(Path devices) {
        try (Stream<Path> all = Files.list(devices)) {
            return all.anyMatch(device -> {
                try {
                    return Files.readString(device.resolve("vendor"))
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("0x10de");
                } catch (IOException unreadable) {
                    return false;
                }
            });
        } catch (IOException noBus) {
            return false;
        }
    }
}
