--[[ export-make: an approved export has its file, which leaves now, once, to who asked for it.

KEYS    the fair's keys (people/keys.py)
ARGV    1 number   2 who   3 what was made, as JSON: made_at, persons, records, bytes, sha256, file
gives   {'done', request as JSON}, or {'refused', JSON}: unknown_export, export_not_yours, export_state, exports_frozen
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail }) } end
local text = redis.call('HGET', KEYS[10], ARGV[1])
if not text then return refuse('unknown_export', { number = ARGV[1] }) end
local request = cjson.decode(text)
if request.by ~= ARGV[2] then return refuse('export_not_yours') end
if request.state ~= 'approved' then return refuse('export_state', { number = request.number, state = request.state }) end
local frozen = redis.call('HGET', KEYS[10], 'frozen')
if frozen then return refuse('exports_frozen', { reason = cjson.decode(frozen).reason }) end
for name, value in pairs(cjson.decode(ARGV[3])) do request[name] = value end
request.state = 'made'
text = cjson.encode(request)
redis.call('HSET', KEYS[10], ARGV[1], text)
return { 'done', text }
