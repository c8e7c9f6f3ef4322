wrk.method = "POST"
wrk.path = "/api/onboarding/start"
wrk.headers["Content-Length"] = "0"
