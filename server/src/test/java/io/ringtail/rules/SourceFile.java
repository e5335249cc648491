package io.ringtail.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** One Java file of the repository: its lines, and what the compiler's parser sees in it. */
record SourceFile(Path path, List<String> lines, List<Method> methods, List<String> types) {

    record Method(String name, int line, int lengthInLines, int parameters, boolean isOverride,
            boolean isStatic) {}

    boolean isTest() {
        return path.toString().contains("/src/test/") || path.startsWith("src/test");
    }

    String fileName() {
        return path.getFileName().toString();
    }

    /**
     * Parses all files in one run of the compiler's front end; nothing is resolved or generated.
     */
    static List<SourceFile> parse(Path root, List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, problem -> {},
                    List.of("-proc:none"), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            var parsed = new ArrayList<SourceFile>();
            for (var unit : task.parse()) {
                parsed.add(read(root, unit, positions));
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile read(Path root, CompilationUnitTree unit, SourcePositions positions)
            throws IOException {
        var file = Path.of(unit.getSourceFile().toUri());
        var collector = new Collector(unit, positions);
        collector.scan(unit, null);
        return new SourceFile(root.relativize(file), Files.readAllLines(file), collector.methods,
                collector.types);
    }

    private static final class Collector extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> methods = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private Tree.Kind enclosing = Tree.Kind.CLASS;

        Collector(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            types.add(type.getSimpleName().toString());
            var outer = enclosing;
            enclosing = type.getKind();
            super.visitClass(type, nothing);
            enclosing = outer;
            return nothing;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null && positions.getEndPosition(unit, method) > 0) {
                methods.add(measure(method));
            }
            return super.visitMethod(method, nothing);
        }

        private Method measure(MethodTree method) {
            var modifiers = method.getModifiers();
            var isOverride = modifiers.getAnnotations()
                    .stream()
                    .anyMatch(it -> it.getAnnotationType().toString().equals("Override"));
            var first = line(positions.getStartPosition(unit, method.getBody()));
            var last = line(positions.getEndPosition(unit, method));
            var isRecordConstructor =
                    enclosing == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            return new Method(method.getName().toString(), first, last - first + 1,
                    isRecordConstructor ? 0 : method.getParameters().size(), isOverride,
                    modifiers.getFlags().contains(Modifier.STATIC));
        }

        private int line(long position) {
            return (int) unit.getLineMap().getLineNumber(position);
        }
    }
}
