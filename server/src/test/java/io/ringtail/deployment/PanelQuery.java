package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A query as a dashboard sends it to Prometheus, and where in the dashboard it stands. */
record PanelQuery(String place, String text) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    /** All queries of a dashboard, those of its variables included. */
    static List<PanelQuery> of(Path board) throws IOException {
        var content = YamlFile.map(board);
        var title = content.get("title").toString();
        var queries = new ArrayList<PanelQuery>();
        for (var panel : YamlFile.list(content.get("panels"))) {
            queries.addAll(ofPanel(title, YamlFile.map(panel)));
        }
        var variables = YamlFile.map(content.get("templating")).get("list");
        for (var variable : YamlFile.list(variables)) {
            queries.addAll(ofVariable(title, YamlFile.map(variable)));
        }
        return queries;
    }

    private static List<PanelQuery> ofPanel(String title, Map<String, Object> panel) {
        if (panel.get("type").equals("row")) {
            return List.of();
        }
        return YamlFile.list(panel.get("targets"))
                .stream()
                .map(it -> YamlFile.map(it).get("expr").toString())
                .map(it -> new PanelQuery(title + ": " + panel.get("title"), filledIn(it)))
                .toList();
    }

    private static List<PanelQuery> ofVariable(String title, Map<String, Object> variable) {
        if (!variable.get("type").equals("query")) {
            return List.of();
        }
        var query = YamlFile.map(variable.get("query")).get("query").toString();
        var values = LABEL_VALUES.matcher(query);
        if (!values.matches()) {
            throw new IllegalStateException("not label_values(metric, label): " + query);
        }
        return List.of(new PanelQuery(title + ": $" + variable.get("name"),
                "count by (" + values.group(2) + ") (" + values.group(1) + ")"));
    }

    /** As Grafana does with all values chosen, and four scrapes for a rate. */
    private static String filledIn(String expression) {
        var filled = expression.replace("$__rate_interval", "20s")
                .replace("$instance", ".+")
                .replace("$server", ".+");
        if (filled.contains("$")) {
            throw new IllegalStateException("an unknown variable: " + expression);
        }
        return filled;
    }
}
