-- Sends one kind of call through wrk, and prints what came of it as one line of JSON.
-- Arguments: method, path, body, spread, headers ("Name: value"); "%d" in path and body is a number that
-- counts from 1 and starts again after `spread`; "%t" in a header is one that grows every 4,000 calls, for
-- servers that limit what one token may ask.
local method, path, body, spread
local sent, tokens = 0, {}

function init(args)
  method, path, body, spread = args[1], args[2], args[3], tonumber(args[4])
  for index = 5, #args do
    local name, value = args[index]:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
    if value:find("%%t") then tokens[name] = value end
  end
end

local function numbered(text)
  return (text:gsub("%%d", sent % spread + 1))
end

function request()
  sent = sent + 1
  if sent % 4000 == 1 then
    for name, value in pairs(tokens) do
      wrk.headers[name] = (value:gsub("%%t", os.time() .. "x" .. math.floor(sent / 4000)))
    end
  end
  return wrk.format(method, numbered(path), nil, body ~= "" and numbered(body) or nil)
end

function done(summary, latency)
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "p50": %.4f, "p99": %.4f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
