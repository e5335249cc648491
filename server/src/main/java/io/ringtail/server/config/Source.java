package io.ringtail.server.config;

import java.nio.file.Path;

/** Where a value comes from; {@code toString} is how it is named to people. */
public sealed interface Source {
    /** Nothing was said. */
    record Default() implements Source {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** A line of the --config file. */
    record FileLine(Path file, int line) implements Source {
        @Override
        public String name(Setting setting) {
            return this + ": " + setting.key();
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    record Variable(String name) implements Source {
        @Override
        public String name(Setting setting) {
            return name;
        }

        @Override
        public String toString() {
            return "environment " + name;
        }
    }

    /** A flag of the command line, spelled as it was typed. */
    record Flag(String name) implements Source {
        @Override
        public String name(Setting setting) {
            return name;
        }

        @Override
        public String toString() {
            return "flag " + name;
        }
    }

    /** How a setting from here is named where its value is wrong. */
    default String name(Setting setting) {
        return setting.isMemcached() ? "-" + setting.letter() : "--" + setting.key();
    }
}
