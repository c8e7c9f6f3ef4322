package dev.onward.web.response;

import dev.onward.model.FlowFigures;
import java.util.List;

/** The statistics of every flow. */
public record AnalyticsResponse(List<FlowFiguresResponse> flows) {

    public record FlowFiguresResponse(
            String flow,
            long started,
            long completed,
            long open,
            long dropped,
            double completionRate,
            List<FlowFigures.DropOff> dropOffs) {

        static FlowFiguresResponse of(FlowFigures figures) {
            return new FlowFiguresResponse(
                    figures.flow(),
                    figures.started(),
                    figures.completed(),
                    figures.open(),
                    figures.dropped(),
                    figures.completionRate(),
                    figures.dropOffs());
        }
    }

    public static AnalyticsResponse of(List<FlowFigures> figures) {
        return new AnalyticsResponse(
                figures.stream().map(FlowFiguresResponse::of).toList());
    }
}
