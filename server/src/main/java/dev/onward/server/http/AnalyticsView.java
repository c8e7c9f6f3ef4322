package dev.onward.server.http;

import dev.onward.analytics.FlowFigures;
import java.util.List;

/** How every flow does. */
record AnalyticsView(List<FlowView> flows) {

    record FlowView(
            String flow,
            long started,
            long completed,
            long open,
            long dropped,
            double completionRate,
            List<FlowFigures.DropOff> dropOffs) {

        static FlowView of(FlowFigures figures) {
            return new FlowView(
                    figures.flow(),
                    figures.started(),
                    figures.completed(),
                    figures.open(),
                    figures.dropped(),
                    figures.completionRate(),
                    figures.dropOffs());
        }
    }

    static AnalyticsView of(List<FlowFigures> figures) {
        return new AnalyticsView(figures.stream().map(FlowView::of).toList());
    }
}
