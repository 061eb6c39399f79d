-- For wrk: asks for the paths of a file in turn, and says at the end what happened as one line of JSON.

local requests = {}
local turn = 0

local function take_turns()
   turn = turn % #requests + 1
   return requests[turn]
end

function init(args)
   local only
   for path in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", path)
      only = path
   end
   if #requests > 1 then
      request = take_turns
   else
      wrk.path = only -- wrk repeats a single request by itself: it takes less of the cores that it shares.
   end
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      'measured: {"requests": %d, "microseconds": %d, "p50": %.1f, "p99": %.1f, "errors": [%d, %d, %d, %d, %d]}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
