// Publishes a flow with the generated client: publish ADDRESS KEY
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	onward "example.com/onward/onward"
)

func main() {
	configuration := onward.NewConfiguration()
	configuration.Servers = onward.ServerConfigurations{{URL: os.Args[1]}}
	client := onward.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), onward.ContextAccessToken, os.Args[2])

	step := onward.NewStepDefinition("role", "What do you do?")
	tour := onward.NewFlowDefinition("golang", "A tour", []onward.StepDefinition{*step})
	published, _, err := client.FlowsAPI.PublishFlow(ctx, "golang").FlowDefinition(*tour).Execute()
	check(err)
	fmt.Println(published.Verdict)
	flow, _, err := client.FlowsAPI.ReadFlow(ctx, "golang").Execute()
	check(err)
	fmt.Println(flow.Definition.Title)

	request := onward.NewStartRequest()
	request.SetFlow("golang")
	request.SetUserId("ada")
	started, _, err := client.OnboardingAPI.Start(ctx).StartRequest(*request).Execute()
	check(err)
	session, _, err := client.OnboardingAPI.ReadSession(ctx, started.SessionId).Execute()
	check(err)
	fmt.Println(session.State, session.GetNextStep(), session.CompletedAt.Get())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
