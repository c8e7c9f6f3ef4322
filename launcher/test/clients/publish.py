"""Publishes a flow with the generated client: publish.py ADDRESS KEY"""
import sys

from openapi_client import ApiClient, Configuration, FlowDefinition, FlowsApi, OnboardingApi, StartRequest, StepDefinition

address, key = sys.argv[1:]
with ApiClient(Configuration(host=address, access_token=key)) as client:
    flows = FlowsApi(client)
    tour = FlowDefinition(flow="python", title="A tour", steps=[StepDefinition(id="role", title="What do you do?")])
    print(flows.publish_flow("python", tour).verdict)
    print(flows.read_flow("python").definition.title)

    onboarding = OnboardingApi(client)
    started = onboarding.start(start_request=StartRequest(flow="python", user_id="ada"))
    session = onboarding.read_session(started.session_id)
    print(session.state.value, session.next_step, session.completed_at)
