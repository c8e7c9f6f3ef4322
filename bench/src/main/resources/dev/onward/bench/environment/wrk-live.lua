wrk.path = "/health/live"
