--[[ export-decide: approves or refuses a request; somebody else than who made it. The same decision again changes nothing.

KEYS    the fair's keys (people/keys.py)
ARGV    1 number   2 'approved' or 'refused'   3 who   4 when, ms
gives   {'done', request as JSON}, or {'refused', JSON}: unknown_export, four_eyes, export_state, exports_frozen
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail }) } end
local text = redis.call('HGET', KEYS[10], ARGV[1])
if not text then return refuse('unknown_export', { number = ARGV[1] }) end
local request = cjson.decode(text)
if request.by == ARGV[3] then return refuse('four_eyes') end
if request.state == ARGV[2] and request.decided_by == ARGV[3] then return { 'done', text } end
if request.state ~= 'requested' then
  return refuse('export_state', { number = request.number, state = request.state })
end
local frozen = redis.call('HGET', KEYS[10], 'frozen')
if frozen and ARGV[2] == 'approved' then return refuse('exports_frozen', { reason = cjson.decode(frozen).reason }) end
request.state, request.decided_by, request.decided_at = ARGV[2], ARGV[3], tonumber(ARGV[4])
text = cjson.encode(request)
redis.call('HSET', KEYS[10], ARGV[1], text)
return { 'done', text }
