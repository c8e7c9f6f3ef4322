-- Requests the status of sessions of a list, in random order.
local seed = 0

function setup(thread)
    seed = seed + 1
    thread:set("seed", seed)
end

function init(arguments)
    math.randomseed(_G.seed)
    requests = {}
    for id in io.lines(arguments[1]) do
        requests[#requests + 1] = wrk.format("GET", "/api/onboarding/status", { ["Onboarding-Session"] = id })
    end
end

function request()
    return requests[math.random(#requests)]
end
