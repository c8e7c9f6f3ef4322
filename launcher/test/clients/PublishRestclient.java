import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.FlowsApi;
import org.openapitools.client.api.OnboardingApi;
import org.openapitools.client.model.FlowDefinition;
import org.openapitools.client.model.Session;
import org.openapitools.client.model.StartRequest;
import org.openapitools.client.model.Started;
import org.openapitools.client.model.StepDefinition;

/** Publishes a flow with the client generated for Spring: {@code PublishRestclient ADDRESS KEY}. */
public class PublishRestclient {
    public static void main(String[] args) {
        ApiClient client = new ApiClient();
        client.setBasePath(args[0]);
        client.setBearerToken(args[1]);

        FlowDefinition tour = new FlowDefinition()
                .flow("restclient")
                .title("A tour")
                .steps(List.of(new StepDefinition().id("role").title("What do you do?")));
        FlowsApi flows = new FlowsApi(client);
        System.out.println(flows.publishFlow("restclient", tour, null, null).getVerdict());
        System.out.println(flows.readFlow("restclient", null).getDefinition().getTitle());

        OnboardingApi onboarding = new OnboardingApi(client);
        Started started = onboarding.start(null, new StartRequest().flow("restclient").userId("ada"));
        Session session = onboarding.readSession(started.getSessionId(), null, null, null);
        System.out.println(session.getState() + " " + session.getNextStep() + " " + session.getCompletedAt());
    }
}
