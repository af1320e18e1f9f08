package org.latticelift.learn.diagram;

import java.util.List;
import org.latticelift.io.html.HtmlPage;
import org.latticelift.io.plot.Figure;

/** {@code map.html}: the map of one observable on one page. */
final class MapPage {
  static final String NAME = "map.html";

  private MapPage() {}

  static String html(OrderMap map, List<Figure> figures, boolean real, String day) {
    HtmlPage page = new HtmlPage("Time-temperature-order map");
    map.about().forEach((name, text) -> page.paragraph(name + ": " + text));
    page.paragraph("made: " + day);
    MapTable.sentences(map, real).forEach(page::paragraph);
    page.pictures(figures.stream().map(f -> new HtmlPage.Picture(f.svg(), f.caption())).toList());
    page.table(
        map.observables().get(map.shown()) + " by condition",
        MapTable.header(map),
        MapTable.rows(map));
    page.paragraph("All observables: " + MapTable.MAP + ", " + MapTable.COOLING + ", map.h5.");
    return page.html();
  }
}
