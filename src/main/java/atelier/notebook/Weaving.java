package atelier.notebook;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.H_INVOKESTATIC;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Adds a call to {@link Interruption#point} at the start of every method of a class and before every jump backwards. */
final class Weaving {

    private static final Handle POINT = new Handle(
            H_INVOKESTATIC,
            Type.getInternalName(Interruption.class),
            "point",
            MethodType.methodType(CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class)
                    .toMethodDescriptorString(),
            false);

    private Weaving() {}

    /** The class file {@code bytes} with the calls added; unchanged where its version or its size does not allow that. */
    static byte[] weave(byte[] bytes) {
        try {
            ClassReader reader = new ClassReader(bytes);
            return reader.readUnsignedShort(6) < Opcodes.V1_7 ? bytes : weave(reader);
        } catch (IllegalArgumentException | MethodTooLargeException tooNewOrTooLarge) {
            return bytes;
        }
    }

    private static byte[] weave(ClassReader reader) {
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        return new Points(super.visitMethod(access, name, type, generic, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** A label already visited lies behind: a jump to it closes a loop. */
    private static final class Points extends MethodVisitor {

        private final Set<Label> passed = new HashSet<>();

        Points(MethodVisitor next) {
            super(ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            point();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.contains(target)) {
                point();
            }
            super.visitJumpInsn(opcode, target);
        }

        private void point() {
            visitInvokeDynamicInsn("point", "()V", POINT);
        }
    }
}
