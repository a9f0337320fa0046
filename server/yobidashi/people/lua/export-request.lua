--[[ export-request: asks for an export; the same command asks once.

KEYS    the fair's keys (people/keys.py)
ARGV    1 command id   2 request as JSON, without its number
gives   {'done', request as JSON with number and state}, or {'refused', JSON}: exports_frozen, exports_full
]]
local EXPORTS_MAX = 500 -- requests of one fair; each needs two persons

local before = redis.call('HGET', KEYS[10], 'command:' .. ARGV[1])
if before then return { 'done', redis.call('HGET', KEYS[10], before) } end
local frozen = redis.call('HGET', KEYS[10], 'frozen')
if frozen then
  return { 'refused', cjson.encode({ code = 'exports_frozen', detail = { reason = cjson.decode(frozen).reason } }) }
end
local n = tonumber(redis.call('HGET', KEYS[10], 'n') or 0) + 1
if n > EXPORTS_MAX then
  return { 'refused', cjson.encode({ code = 'exports_full', detail = { limit = EXPORTS_MAX } }) }
end
local request = cjson.decode(ARGV[2])
request.number, request.state = n, 'requested'
local text = cjson.encode(request)
redis.call('HSET', KEYS[10], 'n', n, tostring(n), text, 'command:' .. ARGV[1], tostring(n))
return { 'done', text }
