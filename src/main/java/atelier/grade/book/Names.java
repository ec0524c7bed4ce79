package atelier.grade.book;

import atelier.grade.Plain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of files for students, whatever they are called: letters and digits, never two alike, never one that leads elsewhere. */
final class Names {

    private static final int LONGEST = 50;

    private Names() {}

    /** A file name without its ending for every student; which others there are matters only where two would be alike. */
    static Map<String, String> of(List<String> students) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String student : students) {
            String name = name(student);
            boolean alike = !taken.add(name.toLowerCase(Locale.ROOT));
            names.put(student, alike ? name + "-" + hash(student) : name);
        }
        return names;
    }

    private static String name(String student) {
        String plain = Normalizer.normalize(student, Normalizer.Form.NFC)
                .replaceAll("[^\\p{L}\\p{N}._-]+", "_")
                .replaceAll("^([._-]+|$)", "_");
        String cut = plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST));
        boolean reserved = cut.isEmpty() || cut.matches("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
        return cut.equals(student) && !reserved ? cut : cut + "-" + hash(student);
    }

    private static String hash(String student) {
        return HexFormat.of().formatHex(sha256(student.getBytes(StandardCharsets.UTF_8)), 0, 4);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A name as one reads it: control characters and those that turn the direction show as �. */
    static String shown(String student) {
        StringBuilder shown = new StringBuilder();
        student.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = Plain.isHidden(c)
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(hidden ? 0xFFFD : c);
        });
        return shown.toString();
    }
}
