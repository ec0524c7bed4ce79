package atelier.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said of each machine, by way of a program that answers as NVIDIA's does. */
@DisabledOnOs(OS.WINDOWS)
class GpuTest {

    @TempDir
    private Path folder;

    @Test
    void aGpuThatWorksIsDescribed() throws IOException, InterruptedException {
        Gpu gpu = answering("echo 'NVIDIA GeForce RTX 3060, 535.183.01, 12288 MiB, 8.6'");
        assertTrue(gpu.works(), gpu::toString);
        assertEquals(new Gpu("NVIDIA GeForce RTX 3060", "535.183.01", "12288", "8.6", "", ""), gpu);
        assertTrue(answering("echo 'NVIDIA L4, 580.82.07, 23034 MiB, 8.9'").works());
        assertTrue(answering("echo 'Tesla T4, 450.80.02, 15360 MiB, 7.5'").works());
        assertTrue(answering("echo 'Tesla K80, 470.82, 11441 MiB, 3.7'; echo 'Tesla K80, 470.82, 11441 MiB, 3.7'")
                .works());
    }

    @Test
    void anOldDriverIsToBeRenewed() throws IOException, InterruptedException {
        Gpu gpu = answering("echo 'Tesla V100, 450.51.06, 16160 MiB, 7.0'");
        assertEquals("driver 450.51.06 is too old for CUDA 11.6, which wants 450.80.02 or newer", gpu.ails());
        assertTrue(gpu.remedy().startsWith("Renew the driver"), gpu::remedy);
        assertFalse(answering("echo 'Tesla V100, 418.226.00, 16160 MiB, 7.0'").works());
    }

    @Test
    void aGpuWithoutMachineCodeIsRefused() throws IOException, InterruptedException {
        for (String capability : new String[] {"3.5", "9.0", "12.0"}) {
            Gpu gpu = answering("echo 'Some GPU, 570.00, 8192 MiB, " + capability + "'");
            assertTrue(gpu.ails().contains("no machine code for compute capability " + capability), gpu::ails);
            assertEquals("Some GPU", gpu.device());
        }
    }

    @Test
    void whatNvidiaSmiSaysIsPassedOn() throws IOException, InterruptedException {
        Gpu gpu = answering("echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18");
        assertEquals("nvidia-smi says: Failed to initialize NVML: Driver/library version mismatch", gpu.ails());
        assertTrue(gpu.remedy().contains("start anew"), gpu::remedy);
        assertTrue(answering("echo '[Not Supported]'").ails().contains("[Not Supported]"));
    }

    @Test
    void withoutADriverItTellsWhetherThereIsADevice() throws IOException, InterruptedException {
        Gpu nothing = Gpu.look("Linux", "amd64", folder.toString(), folder.resolve("devices"));
        assertEquals("no NVIDIA driver (no nvidia-smi on the PATH) and no NVIDIA device", nothing.ails());
        Path device = Files.createDirectories(folder.resolve("devices").resolve("0000:01:00.0"));
        Files.writeString(device.resolve("vendor"), "0x10de\n");
        Gpu driverless = Gpu.look("Linux", "amd64", folder.toString(), folder.resolve("devices"));
        assertTrue(driverless.ails().startsWith("an NVIDIA device is there but its driver is not"), driverless::ails);
        assertTrue(driverless.remedy().contains("nvidia-driver"), driverless::remedy);
    }

    @Test
    void otherMachinesAreTold() throws InterruptedException {
        assertTrue(Gpu.look("Mac OS X", "aarch64", "", folder).ails().contains("not for Mac OS X on aarch64"));
        assertTrue(Gpu.look("Linux", "aarch64", "", folder).ails().contains("not for Linux on aarch64"));
    }

    private Gpu answering(String script) throws IOException, InterruptedException {
        Path program = folder.resolve("nvidia-smi");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Gpu.look("Linux", "amd64", folder.toString(), folder.resolve("devices"));
    }
}
