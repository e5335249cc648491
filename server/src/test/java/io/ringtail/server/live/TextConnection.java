package io.ringtail.server.live;

import io.ringtail.server.testing.Lines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A client that speaks the text protocol a line at a time. */
public final class TextConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public TextConnection(int port) throws IOException {
        socket = Lines.connect(port);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public void send(String bytes) throws IOException {
        Lines.send(socket, bytes);
    }

    /** The next line without its end. */
    public String line() throws IOException {
        return Lines.read(in);
    }

    /** Sends a command line and takes the first line of its reply. */
    public String ask(String command) throws IOException {
        send(command + "\r\n");
        return line();
    }

    /** Sends a command line and takes all lines before {@code END}, or the one error line. */
    public List<String> list(String command) throws IOException {
        send(command + "\r\n");
        var lines = new ArrayList<String>();
        for (var line = line(); !line.equals("END"); line = line()) {
            lines.add(line);
            if (line.contains("ERROR")) {
                break;
            }
        }
        return lines;
    }

    /** The statistics of {@code stats <arguments>}, in order. */
    public SequencedMap<String, String> stats(String arguments) throws IOException {
        var stats = new LinkedHashMap<String, String>();
        for (var line : list(("stats " + arguments).strip())) {
            var words = line.split(" ", 3);
            if (words.length != 3 || !words[0].equals("STAT")) {
                throw new IOException("not a statistic: " + line);
            }
            stats.put(words[1], words[2]);
        }
        return stats;
    }

    public String set(String key, int exptime, String value) throws IOException {
        return ask("set " + key + " 0 " + exptime + " " + value.length() + "\r\n" + value);
    }

    public boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
