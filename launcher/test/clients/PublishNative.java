import java.net.http.HttpClient;
import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.FlowsApi;
import org.openapitools.client.api.OnboardingApi;
import org.openapitools.client.model.FlowDefinition;
import org.openapitools.client.model.Session;
import org.openapitools.client.model.StartRequest;
import org.openapitools.client.model.Started;
import org.openapitools.client.model.StepDefinition;

/** Publishes a flow with the generated client on Java's own HTTP client: {@code PublishNative ADDRESS KEY}. */
public class PublishNative {
    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
        client.updateBaseUri(args[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));

        FlowDefinition tour = new FlowDefinition()
                .flow("native")
                .title("A tour")
                .steps(List.of(new StepDefinition().id("role").title("What do you do?")));
        FlowsApi flows = new FlowsApi(client);
        System.out.println(flows.publishFlow("native", tour, null, null).getVerdict());
        System.out.println(flows.readFlow("native", null).getDefinition().getTitle());

        OnboardingApi onboarding = new OnboardingApi(client);
        Started started = onboarding.start(null, new StartRequest().flow("native").userId("ada"));
        Session session = onboarding.readSession(started.getSessionId(), null, null, null);
        System.out.println(session.getState() + " " + session.getNextStep() + " " + session.getCompletedAt());
    }
}
