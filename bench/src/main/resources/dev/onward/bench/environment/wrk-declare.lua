-- Submits one declaration to each session of a list. The threads share the list: with two threads, one uses the odd lines
-- and the other the even lines. A thread stops at the end of its share.
local place = 0

function setup(thread)
    thread:set("place", place)
    place = place + 1
end

function init(arguments)
    local threads = tonumber(arguments[2])
    local body = '{"declaration": "I believe that good tools make people kinder."}'
    local line = 0
    requests = {}
    for id in io.lines(arguments[1]) do
        if line % threads == _G.place then
            requests[#requests + 1] = wrk.format("POST", "/api/onboarding/first-declaration", {
                ["Content-Type"] = "application/json", ["Onboarding-Session"] = id }, body)
        end
        line = line + 1
    end
    taken = 0
end

function request()
    if taken < #requests then
        taken = taken + 1
    else
        wrk.thread:stop()
    end
    return requests[taken]
end
