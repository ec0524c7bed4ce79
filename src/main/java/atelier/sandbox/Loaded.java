package atelier.sandbox;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/** The classes that JShell makes of the cells, in the order in which they come: a method is where it was defined last. */
final class Loaded extends ClassLoader implements LoaderDelegate {

    private final Map<String, byte[]> bytecodes = new HashMap<>();
    private final List<Class<?>> classes = new ArrayList<>();

    Loaded() {
        super(Loaded.class.getClassLoader());
    }

    /** The method of that name with parameters of these types: {@code double[][]}, {@code int}. */
    Optional<Method> method(String name, List<String> types) {
        for (int i = classes.size() - 1; i >= 0; i--) {
            for (Method method : classes.get(i).getDeclaredMethods()) {
                boolean same = Arrays.stream(method.getParameterTypes())
                        .map(Class::getTypeName)
                        .toList()
                        .equals(types);
                if (method.getName().equals(name) && same) {
                    method.setAccessible(true); // JShell's classes are not public
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void load(ClassBytecodes[] fresh) {
        for (ClassBytecodes one : fresh) {
            bytecodes.put(one.name(), one.bytecodes());
        }
        for (ClassBytecodes one : fresh) {
            try {
                classes.add(loadClass(one.name()));
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = bytecodes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public void classesRedefined(ClassBytecodes[] changed) {
        throw new UnsupportedOperationException("Loaded: JShell loads a changed cell as a new class");
    }

    @Override
    public void addToClasspath(String path) {
        throw new UnsupportedOperationException("Loaded: the class path is fixed");
    }
}
