--[[ member-sign-out: every sign-in of a member ends, wherever it was made.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 member id
gives   {'done', row}, or {'refused', JSON}: unknown_member
]]
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return { 'refused', cjson.encode({ code = 'unknown_member', detail = { id = ARGV[1] } }) } end
local member = cjson.decode(stored)
member.generation = member.generation + 1
local row = cjson.encode(member)
redis.call('HSET', KEYS[1], ARGV[1], row)
return { 'done', row }
